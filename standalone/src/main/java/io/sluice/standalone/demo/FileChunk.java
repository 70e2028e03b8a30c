package io.sluice.standalone.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;

/// One chunk of a local file, read from the file each time it is sent.
///
/// @param file the whole file
/// @param index from 0
/// @param offset where the chunk begins in the file
/// @param sizeBytes its length
record FileChunk(Path file, int index, long offset, long sizeBytes) {

  /// The chunk of that index of a file cut into pieces of `chunkSize`.
  static FileChunk of(Path file, long fileSize, long chunkSize, int index) {
    long offset = chunkSize * index;
    return new FileChunk(file, index, offset, Math.min(chunkSize, fileSize - offset));
  }

  /// Its bytes, from the first one on.
  InputStream open() {
    try {
      FileChannel channel = FileChannel.open(file);
      channel.position(offset);
      return new Limited(Channels.newInputStream(channel), sizeBytes);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// In hex, as the server wants it.
  String sha256() throws IOException {
    MessageDigest digest = Sha256.start();
    try (InputStream bytes = open()) {
      Sha256.update(digest, bytes);
    }
    return Sha256.hex(digest);
  }

  /// Ends after so many bytes.
  private static final class Limited extends InputStream {
    private final InputStream source;
    private long left;

    Limited(InputStream source, long limit) {
      this.source = source;
      this.left = limit;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = source.read(into, from, (int) Math.min(length, left));
      left -= Math.max(count, 0);
      return count;
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }
}
