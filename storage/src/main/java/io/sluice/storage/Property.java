package io.sluice.storage;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads settings the way people write them, and says which one is wrong.
final class Property {

  private Property() {}

  /// An environment variable that is set to nothing is not set.
  static @Nullable String blankIsUnset(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }

  /// A prefix of keys, with the slash at its end that nobody types.
  static String prefix(String name, String value) {
    String prefix = value.strip();
    if (prefix.startsWith("/")) {
      throw new IllegalArgumentException(name + " must not begin with a slash, is " + prefix);
    }
    return prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
  }

  /// The address of a service.
  static Optional<URI> endpoint(String name, @Nullable String value) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      URI uri = URI.create(value);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null) {
        return Optional.of(uri);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " is not an address: " + value, e);
    }
    throw new IllegalArgumentException(name + " must begin with http:// or https://, is " + value);
  }

  /// A setting that has no default and is needed as others are set.
  static String required(String name, @Nullable String value) {
    if (value == null) {
      throw new IllegalArgumentException(name + " must be set");
    }
    return value;
  }
}
