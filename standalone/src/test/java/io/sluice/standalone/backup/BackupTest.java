package io.sluice.standalone.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.standalone.backup.Manifest.Kind;
import io.sluice.standalone.backup.Manifest.Layout;
import io.sluice.standalone.backup.Manifest.Migration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The order of a backup, and what becomes of one that fails.
class BackupTest {

  private static final Manifest.Database ROWS =
      new Manifest.Database(
          UUID.fromString("0199aaaa-0000-7000-8000-000000000000"),
          Instant.EPOCH,
          List.of(new Migration("4", 7)),
          List.of());

  @TempDir private Path directory;
  private final List<String> done = new ArrayList<>();
  private Path backup;
  private PlaceSource staging;
  private PlaceSource objects;

  @BeforeEach
  void places() throws IOException {
    backup = Files.createDirectory(directory.resolve("backup"));
    staging = source(Kind.STAGING, "staging-now");
    objects = source(Kind.OBJECTS, "objects-now");
  }

  @Test
  void rowsAreWrittenUnderTheHoldAndBytesAfterThem() throws Exception {
    Backup taken =
        new Backup(
            new RecordingHold(),
            to -> {
              done.add("rows");
              // What is durable when the rows are read is what the copies must have.
              Files.writeString(staging.directory().resolve("late"), "acknowledged");
              return ROWS;
            },
            List.of(staging, objects));

    Manifest manifest = taken.run(backup);

    assertThat(done).containsExactly("hold", "rows", "end");
    assertThat(backup.resolve("staging/late")).hasContent("acknowledged");
    assertThat(manifest.place(Kind.STAGING).orElseThrow().files()).isEqualTo(2);
    assertThat(manifest.place(Kind.OBJECTS).orElseThrow().files()).isEqualTo(1);
    assertThat(Manifest.read(backup)).isEqualTo(manifest);
  }

  @Test
  void aBackupThatFailsEndsItsHoldAndIsNone() {
    Backup failing =
        new Backup(
            new RecordingHold(),
            to -> {
              throw new IOException("the database is away");
            },
            List.of(staging, objects));

    assertThatThrownBy(() -> failing.run(backup)).hasMessage("the database is away");

    assertThat(done).containsExactly("hold", "abandon");
    assertThatThrownBy(() -> Manifest.read(backup)).hasMessageContaining("is no backup");
  }

  @Test
  void copiesUnderAHoldThatEndedTooEarlyAreNoBackup() {
    Backup taken =
        new Backup(
            new RecordingHold() {
              @Override
              public void end() throws IOException {
                throw new BackupException("the hold ended");
              }
            },
            to -> ROWS,
            List.of(staging, objects));

    assertThatThrownBy(() -> taken.run(backup)).hasMessage("the hold ended");

    assertThatThrownBy(() -> Manifest.read(backup)).hasMessageContaining("is no backup");
  }

  @Test
  void objectsAreNeverCopiedBeforeStaging() {
    assertThatThrownBy(() -> new Backup(new RecordingHold(), to -> ROWS, List.of(objects, staging)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private PlaceSource source(Kind kind, String name) throws IOException {
    Path place = Files.createDirectories(directory.resolve(name));
    Files.writeString(place.resolve("bytes"), name);
    return new PlaceSource(kind, Layout.LOCAL, place, Path.of(""));
  }

  private class RecordingHold implements Backup.Hold {
    @Override
    public void begin() {
      done.add("hold");
    }

    @Override
    public void end() throws IOException {
      done.add("end");
    }

    @Override
    public void abandon() {
      done.add("abandon");
    }
  }
}
