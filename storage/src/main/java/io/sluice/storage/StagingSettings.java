package io.sluice.storage;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where acknowledged chunks wait for a worker.
///
/// @param backend a directory that all gateways and workers mount, or a bucket of the S3 service
/// @param root the directory; `staging` below the storage root if not set
/// @param bucket the bucket; that of the objects if not set
/// @param prefix what every key in the bucket begins with
/// @param minFreeBytes space that is left free on the disk of the directory
@ConfigurationProperties("sluice.staging")
record StagingSettings(
    @DefaultValue("local") Backend backend,
    @Nullable Path root,
    @Nullable String bucket,
    @DefaultValue("staging/") String prefix,
    @DefaultValue("268435456") long minFreeBytes) {

  /// The kinds of staging.
  enum Backend {
    LOCAL,
    S3
  }

  StagingSettings {
    bucket = Property.blankIsUnset(bucket);
    prefix = Property.prefix("sluice.staging.prefix", prefix);
    if (minFreeBytes < 0) {
      throw new IllegalArgumentException(
          "sluice.staging.min-free-bytes must not be negative, is " + minFreeBytes);
    }
  }
}
