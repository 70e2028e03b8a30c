package io.sluice.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.storage.local.LocalObjectStore;
import io.sluice.storage.local.LocalStagingStore;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.place.MarkedPlaces;
import io.sluice.storage.s3.S3ObjectStore;
import io.sluice.storage.s3.S3StagingStore;
import io.sluice.storage.staging.StagingFullException;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/// Settings choose the stores, and a wrong one stops the start with its name.
class StorageConfigurationTest {

  @TempDir Path temporary;

  @Test
  void withoutSettingsBothAreDirectoriesBelowTheRoot() {
    try (AnnotationConfigApplicationContext context = start()) {
      assertThat(context.getBean(StagingStore.class)).isInstanceOf(LocalStagingStore.class);
      assertThat(context.getBean(ObjectStore.class)).isInstanceOf(LocalObjectStore.class);
      StorageSettings storage = context.getBean(StorageSettings.class);
      StagingSettings staging = context.getBean(StagingSettings.class);
      assertThat(storage.backend()).isEqualTo(StorageSettings.Backend.LOCAL);
      assertThat(staging.minFreeBytes()).isEqualTo(256 << 20);
      assertThat(staging.prefix()).isEqualTo("staging/");
    }
  }

  /// A directory that is made at the start hides that a volume is not mounted.
  @Test
  void nothingIsMadeBeforeThePlacesAreClaimed() throws IOException {
    try (AnnotationConfigApplicationContext context = start()) {
      try (Stream<Path> made = Files.list(temporary)) {
        assertThat(made).isEmpty();
      }
      MarkedPlaces places = context.getBean(MarkedPlaces.class);
      places.staging().prepare();
      places.objects().prepare();
    }
    try (Stream<Path> made = Files.list(temporary)) {
      assertThat(made.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("staging", "objects", "copies");
    }
  }

  @Test
  void placesNameTheSettingsThatSayWhereTheyAre() {
    try (AnnotationConfigApplicationContext context =
        start(
            "sluice.storage.backend=s3",
            "sluice.s3.bucket=b",
            "sluice.s3.prefix=here",
            "sluice.staging.root=" + temporary.resolve("elsewhere"))) {
      MarkedPlaces places = context.getBean(MarkedPlaces.class);
      assertThat(places.objects().address().text()).isEqualTo("s3 b/here/");
      assertThat(places.objects().address().backendSetting()).contains("sluice.storage.backend");
      assertThat(places.objects().address().locationSetting())
          .contains("sluice.s3.bucket", "S3_BUCKET", "sluice.s3.prefix");
      assertThat(places.staging().address().text())
          .isEqualTo("local " + temporary.resolve("elsewhere"));
      assertThat(places.staging().address().locationSetting()).contains("sluice.staging.root");
    }
  }

  @Test
  void stagingMayHaveADirectoryAndALimitOfItsOwn() throws IOException {
    try (AnnotationConfigApplicationContext context =
        start(
            "sluice.staging.root=" + temporary.resolve("elsewhere"),
            "sluice.staging.min-free-bytes=4611686018427387904")) {
      context.getBean(MarkedPlaces.class).staging().prepare();
      assertThat(temporary.resolve("elsewhere/0")).isDirectory();
      StagingStore staging = context.getBean(StagingStore.class);
      assertThatThrownBy(staging::probe).isInstanceOf(StagingFullException.class);
    }
  }

  @Test
  void objectsAndStagingMayBeInS3() {
    try (AnnotationConfigApplicationContext context =
        start(
            "sluice.storage.backend=s3",
            "sluice.staging.backend=s3",
            "sluice.s3.bucket=b",
            "sluice.s3.access-key=a",
            "sluice.s3.secret-key=s",
            "sluice.s3.prefix=here",
            "sluice.s3.endpoint=http://127.0.0.1:1",
            "sluice.s3.path-style=true",
            "sluice.s3.sse=aws:kms",
            "sluice.s3.kms-key-id=k")) {
      assertThat(context.getBean(StagingStore.class)).isInstanceOf(S3StagingStore.class);
      assertThat(context.getBean(ObjectStore.class)).isInstanceOf(S3ObjectStore.class);
      ObjectService service = context.getBean(ObjectService.class);
      assertThat(service.objects().prefix()).isEqualTo("here/");
      assertThat(service.staging(context.getBean(StagingSettings.class)).name()).isEqualTo("b");
      assertThat(context.getBean(S3Settings.class).toString()).doesNotContain("secret");
    }
  }

  @Test
  void r2IsS3AtTheAddressOfTheAccount() {
    try (AnnotationConfigApplicationContext context =
        start(
            "sluice.storage.backend=r2",
            "sluice.r2.bucket=b",
            "sluice.r2.account-id=abc123",
            "sluice.r2.access-key-id=a",
            "sluice.r2.secret-access-key=s")) {
      assertThat(context.getBean(ObjectStore.class)).isInstanceOf(S3ObjectStore.class);
      R2Settings settings = context.getBean(R2Settings.class);
      assertThat(settings.service(1).uri())
          .hasToString("Optional[https://abc123.r2.cloudflarestorage.com]");
      assertThat(settings.service(1).region()).isEqualTo("auto");
      assertThat(settings.toString()).doesNotContain("secret");
    }
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("sluice.storage.backend", "sluice.storage.backend=tape"),
        Arguments.of("sluice.staging.backend", "sluice.staging.backend=ram"),
        Arguments.of("sluice.staging.min-free-bytes", "sluice.staging.min-free-bytes=-1"),
        Arguments.of("sluice.staging.prefix", "sluice.staging.prefix=/x"),
        Arguments.of("sluice.s3.bucket", "sluice.storage.backend=s3"),
        Arguments.of("sluice.s3.bucket", "sluice.staging.backend=s3 sluice.s3.bucket="),
        Arguments.of("sluice.s3.endpoint", "sluice.s3.endpoint=127.0.0.1:9000"),
        Arguments.of("sluice.s3.prefix", "sluice.s3.prefix=/x"),
        Arguments.of("sluice.s3.sse", "sluice.s3.sse=rot13"),
        Arguments.of("sluice.s3.kms-key-id", "sluice.s3.kms-key-id=k"),
        Arguments.of("sluice.s3.secret-key", "sluice.s3.access-key=a"),
        Arguments.of("sluice.s3.max-connections", "sluice.s3.max-connections=0"),
        Arguments.of("sluice.s3.checksums", "sluice.s3.checksums=md5"),
        Arguments.of(
            "sluice.r2.bucket",
            "sluice.storage.backend=r2 sluice.r2.account-id=a"
                + " sluice.r2.access-key-id=a sluice.r2.secret-access-key=s"),
        Arguments.of("sluice.r2.account-id", "sluice.storage.backend=r2 sluice.r2.bucket=b"),
        Arguments.of(
            "sluice.r2.access-key-id",
            "sluice.storage.backend=r2 sluice.r2.bucket=b sluice.r2.account-id=a"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aWrongSettingStopsTheStartAndIsNamed(String named, String settings) {
    assertThatThrownBy(() -> start(settings.split(" ")).close())
        .satisfies(failure -> assertThat(messages(failure)).contains(named));
  }

  private AnnotationConfigApplicationContext start(String... settings) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("sluice.storage.root", temporary.toString());
    Arrays.stream(settings)
        .map(setting -> setting.split("=", 2))
        .forEach(pair -> properties.put(pair[0], pair[1]));
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test", properties));
    context.register(StorageConfiguration.class);
    context.refresh();
    return context;
  }

  private static String messages(Throwable failure) {
    StringBuilder all = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      all.append(cause.getMessage()).append('\n');
    }
    return all.toString();
  }
}
