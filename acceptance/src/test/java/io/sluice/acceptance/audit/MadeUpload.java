package io.sluice.acceptance.audit;

import io.sluice.acceptance.digest.Digest;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.IntStream;

/// An upload of a made-up world, with the bytes of its file.
// Never compared.
@SuppressWarnings("ArrayRecordComponent")
record MadeUpload(UUID id, Kind kind, String fileName, byte[] bytes, int chunkSize) {

  String objectKey() {
    return id.toString().substring(0, 2) + "/" + id;
  }

  String stagingKey(int index) {
    return id.toString().substring(0, 2) + "/" + id + "." + index + ".a1";
  }

  int totalChunks() {
    return Math.ceilDiv(bytes.length, chunkSize);
  }

  int chunksPerPart() {
    return kind == Kind.LEFT_IN_PART ? 2 : 1;
  }

  byte[] chunk(int index) {
    int from = index * chunkSize;
    return Arrays.copyOfRange(bytes, from, Math.min(from + chunkSize, bytes.length));
  }

  /// The chunks that the client was told were taken.
  int[] acknowledged() {
    return switch (kind) {
      case UNTOUCHED, EMPTY -> new int[0];
      case LEFT -> IntStream.range(0, totalChunks() - 1).toArray();
      case LEFT_IN_PART -> new int[] {0};
      default -> IntStream.range(0, totalChunks()).toArray();
    };
  }

  boolean isStored(int index) {
    return kind != Kind.LEFT_IN_PART && index < totalChunks();
  }

  Digest digest() {
    return Digest.of(bytes);
  }

  String declaredSha256() {
    return kind == Kind.FAILED ? "0".repeat(64) : digest().sha256();
  }
}
