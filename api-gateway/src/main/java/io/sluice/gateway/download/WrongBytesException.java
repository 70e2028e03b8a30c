package io.sluice.gateway.download;

import java.io.IOException;

/// The store gave other bytes than it was given.
final class WrongBytesException extends IOException {

  private static final long serialVersionUID = 1L;

  private final long offset;
  private final long lengthBytes;

  /// @param offset in the file, where the bytes begin of which some are wrong
  /// @param lengthBytes how many they are
  WrongBytesException(long offset, long lengthBytes) {
    super("the store sent bytes that are not the file's");
    this.offset = offset;
    this.lengthBytes = lengthBytes;
  }

  long offset() {
    return offset;
  }

  long lengthBytes() {
    return lengthBytes;
  }
}
