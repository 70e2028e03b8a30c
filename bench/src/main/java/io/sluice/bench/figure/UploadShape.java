package io.sluice.bench.figure;

import io.sluice.bench.load.SampleFile;

/// Large files in chunks, several at once.
///
/// @param sample the content of each file
/// @param files at once
/// @param workers that send chunks of each file
/// @param chunkBytes the length of a chunk
public record UploadShape(SampleFile sample, int files, int workers, long chunkBytes) {

  int clients() {
    return files * workers;
  }

  long bytes() {
    return files * sample.sizeBytes();
  }

  int chunks() {
    return (int) Math.ceilDiv(sample.sizeBytes(), chunkBytes);
  }

  /// Chunks of all files in turn, so that every file has its share of the clients.
  long operations() {
    return (long) files * chunks();
  }

  int file(long operation) {
    return (int) (operation % files);
  }

  int chunk(long operation) {
    return (int) (operation / files);
  }
}
