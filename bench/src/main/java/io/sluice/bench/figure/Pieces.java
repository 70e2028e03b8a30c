package io.sluice.bench.figure;

import io.sluice.bench.load.SampleFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A file as pieces of one length, with the checksum of each taken before anything is timed.
///
/// @param eachBytes length of a piece; what is left at the end of the file is in none
/// @param checksums CRC32C of each
record Pieces(long eachBytes, List<Integer> checksums) {

  Pieces {
    checksums = List.copyOf(checksums);
  }

  /// All of it in one.
  static Pieces whole(SampleFile sample) {
    return new Pieces(sample.sizeBytes(), List.of(sample.crc32c()));
  }

  /// Several.
  static Pieces of(SampleFile sample, int eachBytes) throws IOException {
    List<Integer> checksums = new ArrayList<>();
    for (long end = eachBytes; end <= sample.sizeBytes(); end += eachBytes) {
      checksums.add(sample.crc32c(end - eachBytes, eachBytes));
    }
    return new Pieces(eachBytes, checksums);
  }

  int count() {
    return checksums.size();
  }

  int crc32c(int piece) {
    return checksums.get(piece);
  }

  /// As a `Range` header asks for it.
  String range(int piece) {
    long start = piece * eachBytes;
    return "bytes=%d-%d".formatted(start, start + eachBytes - 1);
  }
}
