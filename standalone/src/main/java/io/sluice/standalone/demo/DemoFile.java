package io.sluice.standalone.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.SplittableRandom;

/// What the demo uploads: a file of the user's, or one that is made for the occasion and deleted afterwards.
///
/// @param path where it is
/// @param sizeBytes its size when the demo began
/// @param sha256 its digest, in hex
/// @param made whether the demo made it
record DemoFile(Path path, long sizeBytes, String sha256, boolean made) implements AutoCloseable {

  static final long MADE_SIZE_BYTES = 256L << 20;

  static DemoFile of(Path path) throws IOException {
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new DemoException(path + " is not a file that can be read");
    }
    MessageDigest digest = Sha256.start();
    try (InputStream bytes = Files.newInputStream(path)) {
      Sha256.update(digest, bytes);
    }
    return new DemoFile(path, Files.size(path), Sha256.hex(digest), false);
  }

  /// Random bytes, so that nothing on the way can cheat by compressing them.
  static DemoFile make(Path directory, long sizeBytes) throws IOException {
    Path path = Files.createTempFile(directory, "sluice-demo-", ".bin");
    SplittableRandom random = new SplittableRandom();
    MessageDigest digest = Sha256.start();
    byte[] buffer = new byte[Sha256.BUFFER_BYTES];
    try (OutputStream out = Files.newOutputStream(path)) {
      for (long left = sizeBytes; left > 0; left -= Math.min(left, buffer.length)) {
        random.nextBytes(buffer);
        int count = (int) Math.min(left, buffer.length);
        digest.update(buffer, 0, count);
        out.write(buffer, 0, count);
      }
    }
    return new DemoFile(path, sizeBytes, Sha256.hex(digest), true);
  }

  @Override
  public void close() throws IOException {
    if (made) {
      Files.deleteIfExists(path);
    }
  }
}
