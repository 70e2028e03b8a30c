package io.sluice.storage.s3;

import java.util.Optional;

/// A bucket, or the part of it below a prefix.
///
/// @param connection the service it is on
/// @param name its name
/// @param prefix what every key of ours begins with; empty, or ends with a slash
public record S3Bucket(S3Connection connection, String name, String prefix) {

  public S3Bucket {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a bucket has a name");
    }
    if (!prefix.isEmpty() && !prefix.endsWith("/")) {
      throw new IllegalArgumentException("the prefix must end with a slash: " + prefix);
    }
  }

  /// The key in the bucket for a key of ours.
  String full(String key) {
    return prefix + key;
  }

  /// A key of ours for one in the bucket; empty if it is outside of our prefix.
  Optional<String> ours(String fullKey) {
    return fullKey.startsWith(prefix)
        ? Optional.of(fullKey.substring(prefix.length()))
        : Optional.empty();
  }
}
