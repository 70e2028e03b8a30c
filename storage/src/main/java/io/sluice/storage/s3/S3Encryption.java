package io.sluice.storage.s3;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/// How the store is asked to encrypt what it keeps.
///
/// @param algorithm what to ask for; empty for the bucket's own default
/// @param kmsKeyId the key for `aws:kms`; empty for the account's default key
public record S3Encryption(Optional<Algorithm> algorithm, Optional<String> kmsKeyId) {

  /// Nothing is asked for.
  public static final S3Encryption BUCKET_DEFAULT =
      new S3Encryption(Optional.empty(), Optional.empty());

  /// The kinds of S3's server-side encryption.
  public enum Algorithm {
    /// Keys that the store manages: SSE-S3.
    AES256,
    /// Keys of a key management service: SSE-KMS.
    KMS
  }

  public S3Encryption {
    if (kmsKeyId.isPresent() && !algorithm.equals(Optional.of(Algorithm.KMS))) {
      throw new IllegalArgumentException("a KMS key without KMS encryption");
    }
  }

  @Nullable ServerSideEncryption wire() {
    return algorithm
        .map(kind ->
            switch (kind) {
              case AES256 -> ServerSideEncryption.AES256;
              case KMS -> ServerSideEncryption.AWS_KMS;
            })
        .orElse(null);
  }

  @Nullable String key() {
    return kmsKeyId.orElse(null);
  }
}
