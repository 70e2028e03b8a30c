package io.sluice.standalone.demo;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 over streams.
final class Sha256 {

  static final int BUFFER_BYTES = 1 << 18;

  private Sha256() {}

  static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  static void update(MessageDigest digest, InputStream bytes) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
      digest.update(buffer, 0, count);
    }
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
