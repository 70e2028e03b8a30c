package io.sluice.standalone.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.standalone.backup.Manifest.Kind;
import io.sluice.standalone.backup.Manifest.Layout;
import io.sluice.standalone.backup.Manifest.Migration;
import io.sluice.standalone.backup.Manifest.Place;
import io.sluice.standalone.backup.Manifest.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {

  @TempDir private Path backup;

  private final Manifest manifest =
      Manifest.of(
          new Manifest.Database(
              UUID.fromString("0199aaaa-0000-7000-8000-000000000000"),
              Instant.parse("2026-01-02T03:04:05.678901Z"),
              List.of(new Migration("1", -3), new Migration("4", 7)),
              List.of(new Table("uploads", List.of("id", "status"), 12, "ab"))),
          List.of(
              new Place(Kind.STAGING, Layout.LOCAL, 3, 300, 17L),
              new Place(Kind.OBJECTS, Layout.S3_SERVER, 4, 400, null)));

  @Test
  void whatIsWrittenIsRead() throws Exception {
    manifest.write(backup);

    assertThat(Manifest.read(backup)).isEqualTo(manifest);
    assertThat(Manifest.read(backup).database().schemaVersion()).isEqualTo("4");
  }

  @Test
  void aDirectoryWithoutOneIsNoBackup() {
    assertThatThrownBy(() -> Manifest.read(backup))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("is no backup");
  }

  @Test
  void aBackupOfANewerKindIsRefusedByItsNumber() throws Exception {
    Files.writeString(backup.resolve("manifest.json"), "{\"format\": 2, \"shards\": []}");

    assertThatThrownBy(() -> Manifest.read(backup))
        .hasMessageContaining("has format 2; this Sluice reads format 1");
  }

  @Test
  void whatIsCutShortIsRefused() throws Exception {
    manifest.write(backup);
    String text = Files.readString(backup.resolve("manifest.json"));
    Files.writeString(backup.resolve("manifest.json"), text.substring(0, text.length() / 2));

    assertThatThrownBy(() -> Manifest.read(backup))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("cannot be read");
  }
}
