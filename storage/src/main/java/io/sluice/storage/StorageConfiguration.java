package io.sluice.storage;

import io.sluice.storage.local.LocalObjectStore;
import io.sluice.storage.local.LocalStagingStore;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.place.PlaceGuard;
import io.sluice.storage.s3.S3ObjectStore;
import io.sluice.storage.s3.S3StagingStore;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Gives a service its [StagingStore] and its [ObjectStore], by `sluice.storage`, `sluice.staging`,
/// `sluice.s3` and `sluice.r2`.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  StorageSettings.class,
  StagingSettings.class,
  S3Settings.class,
  R2Settings.class
})
public class StorageConfiguration {

  @Bean
  PlaceGuard placeGuard() {
    return PlaceGuard.NO_TROUBLE;
  }

  @Bean
  ObjectService objectService(StorageSettings storage, S3Settings s3, R2Settings r2) {
    return new ObjectService(storage, s3, r2);
  }

  @Bean
  StagingStore stagingStore(
      StorageSettings storage, StagingSettings staging, ObjectService service) {
    return switch (staging.backend()) {
      case S3 -> new S3StagingStore(service.staging(staging));
      case LOCAL -> localStaging(storage, staging);
    };
  }

  private static StagingStore localStaging(StorageSettings storage, StagingSettings staging) {
    Path own = staging.root();
    Path root = own == null ? storage.root().resolve("staging") : own;
    try {
      return new LocalStagingStore(root, staging.minFreeBytes());
    } catch (IOException e) {
      String name = own == null ? "sluice.storage.root" : "sluice.staging.root";
      throw new IllegalStateException(name + ": cannot stage in " + root.toAbsolutePath(), e);
    }
  }

  @Bean
  ObjectStore objectStore(
      StorageSettings storage, StagingStore stagingStore, ObjectService service) {
    return switch (storage.backend()) {
      case LOCAL -> localObjects(storage, stagingStore);
      case S3, R2 -> new S3ObjectStore(service.objects(), service.encryption(), stagingStore);
    };
  }

  private static ObjectStore localObjects(StorageSettings storage, StagingStore staging) {
    try {
      return new LocalObjectStore(storage.root(), staging);
    } catch (IOException e) {
      throw new IllegalStateException(
          "sluice.storage.root: cannot store in " + storage.root().toAbsolutePath(), e);
    }
  }
}
