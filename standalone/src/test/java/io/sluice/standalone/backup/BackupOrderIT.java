package io.sluice.standalone.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.standalone.backup.Manifest.Kind;
import io.sluice.standalone.backup.Manifest.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Why the database comes first, staging second and the object store last: the parts of a backup in each order, with what
/// services do in between.
class BackupOrderIT {

  @TempDir private Path directory;
  private final TestRows source = TestRows.migrated();
  private final UUID upload = source.upload();
  private Path backup;
  private PlaceSource staging;
  private PlaceSource objects;
  private int next;

  @BeforeEach
  void places() throws IOException {
    backup = Files.createDirectory(directory.resolve("backup"));
    staging = place(Kind.STAGING);
    objects = place(Kind.OBJECTS);
    acknowledge();
  }

  @Test
  void rowsBeforeBytesLosesNothing() throws Exception {
    Manifest.Database rows = rows();
    acknowledge();
    staging.copy(backup);
    storeAll();
    objects.copy(backup);

    assertThat(lost(rows)).isEmpty();
  }

  /// Chunk 1 is acknowledged after staging was copied and before the snapshot: it has a row, and no bytes.
  @Test
  void stagingBeforeRowsLosesWhatIsAcknowledgedInBetween() throws Exception {
    staging.copy(backup);
    acknowledge();
    Manifest.Database rows = rows();
    objects.copy(backup);

    assertThat(lost(rows)).containsExactly("chunk-1");
  }

  /// The bytes of chunk 0 go from staging to the store after the store was copied and before staging is. The hold keeps
  /// them in staging; without it they are in neither copy.
  @Test
  void objectsBeforeStagingLosesWhatIsStoredInBetweenUnlessItIsHeld() throws Exception {
    Manifest.Database rows = rows();
    objects.copy(backup);
    storeAll();
    Files.delete(staging.directory().resolve("chunk-0"));
    staging.copy(backup);

    assertThat(lost(rows)).containsExactly("chunk-0");
  }

  /// The fault that this all began with: the database and the object store alone.
  @Test
  void withoutStagingEverythingIsLostThatIsNotStoredYet() throws Exception {
    Manifest.Database rows = rows();
    Files.createDirectory(backup.resolve("staging"));
    objects.copy(backup);

    assertThat(lost(rows)).containsExactly("chunk-0");
  }

  /// As a gateway does: durable bytes, then the row, then the answer to the client.
  private void acknowledge() throws IOException {
    String key = "chunk-" + next;
    Files.writeString(staging.directory().resolve(key), key);
    source.chunk(upload, next, key);
    next++;
  }

  /// As a worker does, under a hold.
  private void storeAll() throws IOException {
    for (int index = 0; index < next; index++) {
      String key = "chunk-" + index;
      if (!Files.exists(objects.directory().resolve(key))) {
        Files.createLink(objects.directory().resolve(key), staging.directory().resolve(key));
      }
    }
  }

  private Manifest.Database rows() throws IOException {
    return new DatabaseSnapshot(source.address()).write(backup);
  }

  /// The chunks that a restored row names and that are in no copy.
  private List<String> lost(Manifest.Database rows) throws IOException {
    TestRows target = TestRows.empty();
    new DatabaseLoad(target.address()).load(backup, Manifest.of(rows, List.of()), Map.of());
    return target.list("select staging_key from chunks order by chunk_index").stream()
        .filter(key -> !Files.exists(backup.resolve("staging").resolve(key)))
        .filter(key -> !Files.exists(backup.resolve("objects").resolve(key)))
        .toList();
  }

  private PlaceSource place(Kind kind) throws IOException {
    Path place = Files.createDirectory(directory.resolve(kind.word()));
    return new PlaceSource(kind, Layout.LOCAL, place, Path.of(""));
  }
}
