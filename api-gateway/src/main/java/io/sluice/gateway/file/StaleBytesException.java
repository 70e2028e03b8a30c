package io.sluice.gateway.file;

/// The bytes were sealed so long ago that they may have been swept: this process was frozen in between.
final class StaleBytesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StaleBytesException() {
    super("the bytes were sealed too long ago to be committed");
  }
}
