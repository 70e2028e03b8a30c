package io.sluice.standalone.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.standalone.backup.Manifest.Kind;
import io.sluice.standalone.backup.Manifest.Layout;
import io.sluice.standalone.backup.Manifest.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All rows of a database, written down and read into another.
class DatabaseCopyIT {

  @TempDir private Path backup;
  private final TestRows source = TestRows.migrated();
  private UUID upload;

  @BeforeEach
  void rows() {
    upload = source.upload();
    source.chunk(upload, 0, "00/a");
    source.sql().sql("update uploads set status = 'IN_PROGRESS'").update();
    source
        .sql()
        .sql("insert into api_keys (key_hash, owner_id) values (sha256('key'), 'ann')")
        .update();
    source
        .sql()
        .sql(
            "insert into places (kind, place_id, backend, location, generation) values"
                + " ('STAGING', gen_random_uuid(), 'local', '/old', 5),"
                + " ('OBJECTS', gen_random_uuid(), 's3', 'bucket', 50)")
        .update();
    source
        .sql()
        .sql("update deployment set removals_held_until = now() + interval '1 hour'")
        .update();
    source
        .sql()
        .sql("insert into orphan_sightings (place, key, size_bytes) values ('STAGING', 'k', 1)")
        .update();
  }

  @Test
  void everyRowIsThereAgain() throws Exception {
    TestRows target = TestRows.empty();

    load(target, snapshot());

    for (String table : List.of("chunks", "upload_events", "api_keys", "state_transitions")) {
      assertThat(target.all(table)).as(table).isNotEmpty().isEqualTo(source.all(table));
    }
    assertThat(column(target, "select file_name from uploads"))
        .isEqualTo(column(source, "select file_name from uploads"));
    assertThat(column(target, "select id::text from deployment"))
        .isEqualTo(column(source, "select id::text from deployment"));
  }

  /// The guards were off while rows were loaded, and are on again; history goes on where it was.
  @Test
  void whatComesAfterwardsGoesOnInOrder() throws Exception {
    TestRows target = TestRows.empty();
    load(target, snapshot());

    target.sql().sql("update uploads set status = 'ABORTED'").update();

    assertThat(column(target, "select string_agg(to_status, ' ' order by id) from upload_events"))
        .isEqualTo("INITIATED IN_PROGRESS ABORTED");
    assertThatThrownBy(() -> target.sql().sql("update uploads set status = 'COMPLETED'").update())
        .hasMessageContaining("illegal upload state change");
  }

  @Test
  void whatBelongsToTheTimeOfTheBackupBeginsAnew() throws Exception {
    TestRows target = TestRows.empty();
    Manifest taken = snapshot();
    Manifest.Database then = taken.database();
    // As if it were restored a day later.
    Manifest old =
        new Manifest(
            taken.format(),
            new Manifest.Database(
                then.deploymentId(),
                then.snapshotAt().minus(Duration.ofDays(1)),
                then.migrations(),
                then.tables()),
            List.of(
                new Place(Kind.STAGING, Layout.LOCAL, 0, 0, 9L),
                new Place(Kind.OBJECTS, Layout.S3_SERVER, 0, 0, 40L)));

    load(target, old);

    assertThat(column(target, "select removals_held_until::text from deployment")).isNull();
    assertThat(holds(target, "(select now() - expiry_seen_at < '1 min' from deployment)")).isTrue();
    assertThat(holds(target, "(select expires_at > now() + interval '24 hours' from uploads)"))
        .isTrue();
    assertThat(target.count("orphan_sightings")).isZero();
    assertThat(
            column(
                target,
                "select string_agg(concat_ws(' ', kind, location, generation), ', ' order by kind)"
                    + " from places"))
        .isEqualTo("OBJECTS bucket 50, STAGING /new 9");
  }

  @Test
  void aSnapshotIsOfOneMomentWhileOthersWrite() throws Exception {
    Writer writing = new Writer(source, upload);
    try {
      writing.awaitSome();

      Manifest manifest = snapshot();

      TestRows target = TestRows.empty();
      load(target, manifest);
      // Each of its transactions writes two rows: there is never one without the other.
      assertThat(target.count("chunks where staging_key like 'pair/%'")).isPositive().isEven();
    } finally {
      writing.stop();
    }
  }

  @Test
  void aDatabaseThatHoldsAnythingIsLeftAsItIs() throws Exception {
    TestRows target = TestRows.migrated();
    UUID others = target.upload();
    Manifest manifest = snapshot();

    assertThatThrownBy(() -> load(target, manifest))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("is not empty (upload")
        .hasMessageNotContaining("password");

    assertThat(column(target, "select id::text from uploads")).isEqualTo(others.toString());
    load(TestRows.migrated(), manifest);
  }

  @Test
  void aFileThatWasChangedIsRefusedBeforeAnyRowIsLoaded() throws Exception {
    TestRows target = TestRows.empty();
    Manifest manifest = snapshot();
    Path chunks = backup.resolve("database/chunks.copy");
    Files.writeString(chunks, Files.readString(chunks).replace("00/a", "00/b"));

    assertThatThrownBy(() -> load(target, manifest)).hasMessageContaining("chunks.copy");

    assertThat(target.count("pg_class where relname = 'uploads'")).isZero();
  }

  @Test
  void aSchemaThatThisVersionDoesNotMakeIsRefused() throws Exception {
    TestRows target = TestRows.empty();
    source.sql().sql("update flyway_schema_history set checksum = 1 where version = '5'").update();
    Manifest manifest = snapshot();

    assertThatThrownBy(() -> load(target, manifest))
        .hasMessageContaining("does not make the backup's schema, version 5");

    assertThat(target.count("uploads")).isZero();
  }

  private Manifest snapshot() throws Exception {
    return Manifest.of(new DatabaseSnapshot(source.address()).write(backup), List.of());
  }

  private void load(TestRows target, Manifest manifest) throws Exception {
    new DatabaseLoad(target.address()).load(backup, manifest, Map.of(Kind.STAGING, "/new"));
  }

  private static @Nullable String column(TestRows rows, String query) {
    return rows.sql().sql(query).query(String.class).optional().orElse(null);
  }

  private static boolean holds(TestRows rows, String condition) {
    return rows.sql().sql("select " + condition).query(Boolean.class).single();
  }
}
