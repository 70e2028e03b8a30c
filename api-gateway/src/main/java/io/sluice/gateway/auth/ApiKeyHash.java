package io.sluice.gateway.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The SHA-256 of an API key; the key itself is never kept. Keys are long and random, so nothing slower
/// is needed.
record ApiKeyHash(String hex) {

  /// Of a key as it stands in the configuration.
  static ApiKeyHash ofConfigured(String key) {
    return of(key.getBytes(StandardCharsets.UTF_8));
  }

  /// Of a key as it came in a header: the server reads each byte as one character.
  static ApiKeyHash ofHeader(String key) {
    return of(key.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static ApiKeyHash of(byte[] key) {
    try {
      return new ApiKeyHash(
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// Takes the same time wherever the two differ.
  boolean matches(ApiKeyHash other) {
    return MessageDigest.isEqual(
        hex.getBytes(StandardCharsets.US_ASCII), other.hex.getBytes(StandardCharsets.US_ASCII));
  }

  /// As the column `api_keys.key_hash` holds it.
  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /// Enough to tell keys apart, too little to be one.
  String shortName() {
    return hex.substring(0, 16);
  }

  @Override
  public String toString() {
    return shortName();
  }
}
