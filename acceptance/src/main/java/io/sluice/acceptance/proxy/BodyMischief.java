package io.sluice.acceptance.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// What is done to the body of an answer on its way.
///
/// @param flips whether one byte in the middle is changed
/// @param truncates whether it ends in the middle
/// @param bytesPerSecond how fast it comes; 0 for as fast as it can
record BodyMischief(boolean flips, boolean truncates, long bytesPerSecond) {

  static final BodyMischief NONE = new BodyMischief(false, false, 0);
  static final BodyMischief TRUNCATED = new BodyMischief(false, true, 0);
  static final BodyMischief FLIPPED = new BodyMischief(true, false, 0);

  private static final int PIECE_BYTES = 16 * 1024;

  static BodyMischief slow(long bytesPerSecond) {
    return new BodyMischief(false, false, bytesPerSecond);
  }

  /// Copies a body.
  ///
  /// @param length as announced, or -1
  void copy(InputStream in, OutputStream out, long length)
      throws IOException, InterruptedException {
    long middle = length / 2;
    byte[] piece = new byte[PIECE_BYTES];
    long done = 0;
    for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
      if (truncates && length > 0 && done + read > middle) {
        out.write(piece, 0, (int) (middle - done));
        return;
      }
      if (flips && length > 0 && done <= middle && middle < done + read) {
        piece[(int) (middle - done)] ^= 0x10;
      }
      out.write(piece, 0, read);
      done += read;
      if (bytesPerSecond > 0) {
        out.flush();
        Thread.sleep(Math.max(1, read * 1000L / bytesPerSecond));
      }
      if (length >= 0 && done >= length) {
        return;
      }
    }
  }
}
