package io.sluice.storage;

import io.sluice.storage.s3.S3Bucket;
import io.sluice.storage.s3.S3Connection;
import io.sluice.storage.s3.S3Encryption;
import io.sluice.storage.s3.S3Endpoint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The S3 service of this process: one client for objects and staging, made when first asked for.
/// With R2 for objects, staging in a bucket is in R2 too; with objects in a directory it is in S3.
final class ObjectService implements AutoCloseable {

  private final boolean r2;
  private final S3Settings s3Settings;
  private final R2Settings r2Settings;
  private @Nullable S3Connection connection;

  ObjectService(StorageSettings storage, S3Settings s3Settings, R2Settings r2Settings) {
    this.r2 = storage.backend() == StorageSettings.Backend.R2;
    this.s3Settings = s3Settings;
    this.r2Settings = r2Settings;
  }

  S3Bucket objects() {
    return new S3Bucket(connection(), objectBucket(), r2 ? "" : s3Settings.prefix());
  }

  S3Bucket staging(StagingSettings staging) {
    String bucket = Optional.ofNullable(staging.bucket()).orElseGet(this::objectBucket);
    return new S3Bucket(connection(), bucket, staging.prefix());
  }

  S3Encryption encryption() {
    return r2 ? S3Encryption.BUCKET_DEFAULT : s3Settings.encryption();
  }

  private String objectBucket() {
    return r2
        ? Property.required("sluice.r2.bucket", r2Settings.bucket())
        : Property.required("sluice.s3.bucket", s3Settings.bucket());
  }

  private synchronized S3Connection connection() {
    if (connection == null) {
      S3Endpoint service =
          r2 ? r2Settings.service(s3Settings.maxConnections()) : s3Settings.service();
      connection = S3Connection.open(service);
    }
    return connection;
  }

  @Override
  public synchronized void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
