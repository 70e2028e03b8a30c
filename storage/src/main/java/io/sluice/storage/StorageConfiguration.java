package io.sluice.storage;

import io.sluice.storage.local.LocalObjectStore;
import io.sluice.storage.local.LocalStagingStore;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.place.MarkedPlace;
import io.sluice.storage.place.MarkedPlaces;
import io.sluice.storage.s3.S3ObjectStore;
import io.sluice.storage.s3.S3StagingStore;
import io.sluice.storage.staging.StagingStore;
import java.nio.file.Path;
import java.util.Locale;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Gives a service its [StagingStore] and its [ObjectStore], by `sluice.storage`, `sluice.staging`,
/// `sluice.s3` and `sluice.r2`. Neither makes a directory: their places are claimed first.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  StorageSettings.class,
  StagingSettings.class,
  S3Settings.class,
  R2Settings.class
})
public class StorageConfiguration {

  private static final String BACKEND = "sluice.storage.backend (STORAGE_BACKEND)";
  private static final String ROOT = "sluice.storage.root (STORAGE_ROOT)";
  private static final String STAGING_BACKEND = "sluice.staging.backend (STAGING_BACKEND)";

  @Bean
  ObjectService objectService(StorageSettings storage, S3Settings s3, R2Settings r2) {
    return new ObjectService(storage, s3, r2);
  }

  @Bean
  StagingStore stagingStore(
      StorageSettings storage, StagingSettings staging, ObjectService service) {
    return switch (staging.backend()) {
      case S3 -> new S3StagingStore(service.staging(staging));
      case LOCAL -> LocalStagingStore.at(root(storage, staging), staging.minFreeBytes());
    };
  }

  @Bean
  ObjectStore objectStore(
      StorageSettings storage, StagingStore stagingStore, ObjectService service) {
    return switch (storage.backend()) {
      case LOCAL -> LocalObjectStore.at(storage.root(), stagingStore);
      case S3, R2 -> new S3ObjectStore(service.objects(), service.encryption(), stagingStore);
    };
  }

  /// Apart from the stores: whoever wraps a store does not have to know of places.
  @Bean
  MarkedPlaces markedPlaces(
      StorageSettings storage,
      StagingSettings staging,
      ObjectService service,
      StagingStore stagingStore) {
    return new MarkedPlaces(
        stagingPlace(storage, staging, service), objectPlace(storage, service, stagingStore));
  }

  private static MarkedPlace stagingPlace(
      StorageSettings storage, StagingSettings staging, ObjectService service) {
    return switch (staging.backend()) {
      case LOCAL ->
          LocalStagingStore.at(root(storage, staging), staging.minFreeBytes())
              .place(
                  STAGING_BACKEND,
                  staging.root() == null ? ROOT : "sluice.staging.root (STAGING_ROOT)");
      case S3 -> {
        boolean r2 = storage.backend() == StorageSettings.Backend.R2;
        String bucket =
            staging.bucket() == null
                ? r2 ? "sluice.r2.bucket (R2_BUCKET)" : "sluice.s3.bucket (S3_BUCKET)"
                : "sluice.staging.bucket (STAGING_BUCKET)";
        yield new S3StagingStore(service.staging(staging))
            .place(
                r2 ? "r2" : "s3",
                STAGING_BACKEND,
                bucket + " or sluice.staging.prefix (STAGING_PREFIX)");
      }
    };
  }

  private static MarkedPlace objectPlace(
      StorageSettings storage, ObjectService service, StagingStore staging) {
    return switch (storage.backend()) {
      case LOCAL -> LocalObjectStore.at(storage.root(), staging).place(BACKEND, ROOT);
      case S3, R2 ->
          new S3ObjectStore(service.objects(), service.encryption(), staging)
              .place(
                  storage.backend().name().toLowerCase(Locale.ROOT),
                  BACKEND,
                  storage.backend() == StorageSettings.Backend.R2
                      ? "sluice.r2.bucket (R2_BUCKET)"
                      : "sluice.s3.bucket (S3_BUCKET) or sluice.s3.prefix (S3_PREFIX)");
    };
  }

  private static Path root(StorageSettings storage, StagingSettings staging) {
    Path own = staging.root();
    return own == null ? storage.root().resolve("staging") : own;
  }
}
