package io.sluice.places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.embedded.postgres.PostgresServer;
import io.sluice.storage.local.LocalStagingStore;
import io.sluice.storage.place.Mark;
import io.sluice.storage.place.PlaceKind;
import io.sluice.storage.staging.StagingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacesIT {

  @TempDir Path directory;

  private String database = "";

  @BeforeEach
  void takeADatabase() {
    database = EmbeddedStack.freshDatabase();
  }

  @Test
  void theFirstStartClaimsEmptyPlacesBeforeAnythingElseStarts() throws IOException {
    try (PlacesUnderTest sluice = start()) {
      for (PlaceKind kind : PlaceKind.values()) {
        assertThat(sluice.guard().trouble(kind)).isEmpty();
        assertThat(sluice.guard().troubleNow(kind)).isEmpty();
        assertThat(sluice.guard().noRemoval(kind)).isEmpty();
        Mark mark = sluice.place(kind).readMark().orElseThrow();
        assertThat(mark.placeId()).isEqualTo(sluice.row(kind).placeId());
        assertThat(mark.kind()).isEqualTo(kind);
      }
      assertThat(sluice.staged()).isNotEmpty();
    }
    assertThat(directory.resolve("staging/.sluice/place.json")).isRegularFile();
    assertThat(directory.resolve("objects/.sluice/place.json")).isRegularFile();
  }

  @Test
  void processesThatStartAtOnceClaimOnce() throws IOException {
    CompletableFuture<PlacesUnderTest> other = CompletableFuture.supplyAsync(this::start);
    try (PlacesUnderTest one = start();
        PlacesUnderTest two = other.join()) {
      for (PlaceKind kind : PlaceKind.values()) {
        assertThat(one.guard().troubleNow(kind)).isEmpty();
        assertThat(two.guard().troubleNow(kind)).isEmpty();
        assertThat(one.place(kind).readMark().orElseThrow().placeId())
            .isEqualTo(two.row(kind).placeId());
      }
    }
  }

  @Test
  void theGenerationMovesInTheRowAndThenAtThePlace() {
    Map<String, Object> settings = with("sluice.places.move-every", "100ms");
    try (PlacesUnderTest sluice = PlacesUnderTest.start(database, settings)) {
      await().until(() -> sluice.generation(PlaceKind.OBJECTS) > 4);
      await().until(() -> mark(sluice, PlaceKind.OBJECTS).generation() > 4);
      assertThat(sluice.guard().noRemoval(PlaceKind.OBJECTS)).isEmpty();
    }
  }

  /// Directories were made anew in the mount point, uploads failed, and bytes were swept once the volume was back.
  @Test
  void anUnmountedVolumeIsTroubleFromTheStartUntilItIsBack() throws IOException {
    String key;
    try (PlacesUnderTest sluice = start()) {
      key = sluice.staged();
    }
    Path mountPoint = directory.resolve("staging");
    Path volume = directory.resolve("volume");
    Files.move(mountPoint, volume);
    Files.createDirectory(mountPoint);

    try (PlacesUnderTest sluice = start()) {
      assertThat(sluice.guard().trouble(PlaceKind.STAGING).orElseThrow()).contains("mounted");
      assertThat(sluice.guard().troubleNow(PlaceKind.STAGING)).isPresent();
      assertThat(sluice.guard().noRemoval(PlaceKind.STAGING)).isPresent();
      assertThat(sluice.guard().trouble(PlaceKind.OBJECTS)).isEmpty();
      assertThatThrownBy(sluice::staged).isInstanceOf(IOException.class);
      try (Stream<Path> made = Files.list(mountPoint)) {
        assertThat(made).isEmpty();
      }

      Files.delete(mountPoint);
      Files.move(volume, mountPoint);

      await().until(() -> sluice.guard().trouble(PlaceKind.STAGING).isEmpty());
      assertThat(sluice.guard().noRemoval(PlaceKind.STAGING)).isEmpty();
      sluice.staging().open(key, 0, 3).close();
    }
  }

  /// It may be a mount point after all: a mark of its own keeps the two apart when the volume is back.
  @Test
  void anEmptyPlaceThatNoRowNeedsIsMarkedAnew() throws IOException {
    UUID first;
    try (PlacesUnderTest sluice = start()) {
      first = sluice.row(PlaceKind.STAGING).placeId();
    }
    Files.move(directory.resolve("staging"), directory.resolve("volume"));

    try (PlacesUnderTest sluice = start()) {
      assertThat(sluice.guard().trouble(PlaceKind.STAGING)).isEmpty();
      assertThat(sluice.row(PlaceKind.STAGING).placeId()).isNotEqualTo(first);
      sluice.staged();

      Files.move(directory.resolve("staging"), directory.resolve("underneath"));
      Files.move(directory.resolve("volume"), directory.resolve("staging"));

      await().until(() -> sluice.guard().trouble(PlaceKind.STAGING).isPresent());
      assertThat(sluice.guard().troubleNow(PlaceKind.STAGING).orElseThrow())
          .contains("another place of this deployment");
    }
  }

  /// It took all objects of the first for nobody's and deleted them.
  @Test
  void aSecondDatabaseOnTheSameBucketStaysOut() throws IOException {
    String prefix = "places-" + UUID.randomUUID();
    Map<String, Object> ours = PlacesUnderTest.s3(directory.resolve("a"), prefix);
    Map<String, Object> theirs = PlacesUnderTest.s3(directory.resolve("b"), prefix);
    try (PlacesUnderTest first = PlacesUnderTest.start(database, ours);
        PlacesUnderTest second = PlacesUnderTest.start(EmbeddedStack.freshDatabase(), theirs)) {
      Mark mark = mark(first, PlaceKind.OBJECTS);
      assertThat(first.guard().trouble(PlaceKind.OBJECTS)).isEmpty();

      assertThat(second.guard().trouble(PlaceKind.OBJECTS).orElseThrow())
          .contains("belongs to deployment " + mark.deploymentId(), "sluice.s3.bucket");
      assertThat(second.guard().noRemoval(PlaceKind.OBJECTS)).isPresent();
      assertThat(second.guard().trouble(PlaceKind.STAGING)).isEmpty();
      assertThat(mark(first, PlaceKind.OBJECTS).deploymentId()).isEqualTo(mark.deploymentId());

      assertThat(second.desk().adopt(PlaceKind.OBJECTS)).isInstanceOf(Adoption.Adopted.class);
      assertThat(second.guard().trouble(PlaceKind.OBJECTS)).isEmpty();
      await().until(() -> first.guard().trouble(PlaceKind.OBJECTS).isPresent());
      assertThat(first.guard().noRemoval(PlaceKind.OBJECTS)).isPresent();
    }
  }

  @Test
  void aRestoredDatabaseGoesOnButRemovesNothingUntilThePlaceIsAdopted() throws IOException {
    try (PlacesUnderTest sluice = start()) {
      UUID open = sluice.upload("IN_PROGRESS");
      Mark mark = mark(sluice, PlaceKind.OBJECTS);
      sluice.place(PlaceKind.OBJECTS).writeMark(mark.at(mark.generation() + 20));

      await().until(() -> sluice.guard().noRemoval(PlaceKind.OBJECTS).isPresent());
      assertThat(sluice.guard().noRemoval(PlaceKind.OBJECTS).orElseThrow())
          .contains("restored", "./sluice adopt objects");
      assertThat(sluice.guard().trouble(PlaceKind.OBJECTS)).isEmpty();
      assertThat(sluice.guard().troubleNow(PlaceKind.OBJECTS)).isEmpty();
      assertThat(sluice.generation(PlaceKind.OBJECTS)).isLessThan(mark.generation() + 20);

      assertThat(sluice.desk().adopt(PlaceKind.OBJECTS)).isEqualTo(new Adoption.Adopted(1));

      assertThat(sluice.guard().noRemoval(PlaceKind.OBJECTS)).isEmpty();
      assertThat(sluice.generation(PlaceKind.OBJECTS)).isGreaterThan(mark.generation() + 20);
      assertThat(expiresAt(sluice, open)).isAfter(Instant.now().plusSeconds(23 * 3600));
    }
  }

  @Test
  void dataOfAnOlderBuildIsClaimedAtTheFirstStart() throws IOException {
    new LocalStagingStore(directory.resolve("staging"), 0).probe();
    UUID known;
    try (PlacesUnderTest sluice = start()) {
      known = sluice.upload("IN_PROGRESS");
      sluice.jdbc().sql("delete from places").update();
    }
    Files.delete(directory.resolve("staging/.sluice/place.json"));
    Files.createFile(directory.resolve("staging").resolve(StagingKey.next(known, 0).toString()));

    try (PlacesUnderTest sluice = start()) {
      assertThat(sluice.guard().trouble(PlaceKind.STAGING)).isEmpty();
    }
  }

  @Test
  void bytesThatNoRowKnowsAreNotTakenForOursUntilSomebodySaysSo() throws IOException {
    new LocalStagingStore(directory.resolve("staging"), 0).probe();
    Files.createFile(
        directory.resolve("staging").resolve(StagingKey.next(UUID.randomUUID(), 0).toString()));

    try (PlacesUnderTest sluice = start()) {
      assertThat(sluice.guard().trouble(PlaceKind.STAGING).orElseThrow())
          .contains("does not know", "./sluice adopt staging");
      assertThat(directory.resolve("staging/.sluice")).doesNotExist();

      assertThat(sluice.desk().adopt(PlaceKind.STAGING)).isInstanceOf(Adoption.Adopted.class);
      assertThat(sluice.guard().trouble(PlaceKind.STAGING)).isEmpty();
    }
  }

  /// It started, said that it was ready, and answered 503 to every download.
  @Test
  void aStartWithAnotherPlaceThanTheRowsIsRefusedAndNamesTheSetting() {
    try (PlacesUnderTest sluice = start()) {
      sluice.completed();
    }

    assertThatThrownBy(() -> PlacesUnderTest.start(database, elsewhere()).close())
        .rootCause()
        .isInstanceOf(PlaceRefusedException.class)
        .hasMessageContaining("sluice.storage.root (STORAGE_ROOT)")
        .hasMessageContaining("rows name bytes in local " + directory);
    assertThat(directory.resolve("elsewhere/objects")).doesNotExist();
    Map<String, Object> s3 = PlacesUnderTest.s3(directory, "places-" + UUID.randomUUID());
    assertThatThrownBy(() -> PlacesUnderTest.start(database, s3).close())
        .rootCause()
        .hasMessageContaining("sluice.storage.backend (STORAGE_BACKEND)");
  }

  @Test
  void anotherPlaceIsTakenWhereNoRowNeedsTheFirst() throws IOException {
    start().close();

    try (PlacesUnderTest sluice = PlacesUnderTest.start(database, elsewhere())) {
      assertThat(sluice.guard().trouble(PlaceKind.OBJECTS)).isEmpty();
      assertThat(sluice.row(PlaceKind.OBJECTS).location())
          .isEqualTo(directory.resolve("elsewhere").toString());
    }
  }

  @Test
  void aDirectoryThatMovedWithItsMarkIsTheSamePlace() throws IOException {
    try (PlacesUnderTest sluice = start()) {
      sluice.completed();
      sluice.staged();
    }
    Files.createDirectory(directory.resolve("elsewhere"));
    for (String part : new String[] {"staging", "objects", "copies"}) {
      Files.move(directory.resolve(part), directory.resolve("elsewhere").resolve(part));
    }

    try (PlacesUnderTest sluice = PlacesUnderTest.start(database, elsewhere())) {
      for (PlaceKind kind : PlaceKind.values()) {
        assertThat(sluice.guard().trouble(kind)).isEmpty();
        assertThat(sluice.row(kind).location()).contains("elsewhere");
      }
    }
  }

  @Test
  void aMarkThatCannotBeReadIsTroubleAndNotNoMark() throws IOException {
    try (PlacesUnderTest sluice = start()) {
      Path file = directory.resolve("staging/.sluice/place.json");
      String whole = Files.readString(file);
      Files.writeString(file, "{}");

      assertThat(sluice.guard().troubleNow(PlaceKind.STAGING).orElseThrow())
          .contains("cannot be read");
      assertThat(sluice.guard().noRemoval(PlaceKind.STAGING)).isPresent();
      await().until(() -> sluice.guard().trouble(PlaceKind.STAGING).isPresent());

      Files.writeString(file, whole);
      await().until(() -> sluice.guard().trouble(PlaceKind.STAGING).isEmpty());
    }
  }

  @Test
  void aFailedLookStopsJudgingAndRemovingAtOnceAndStoringOnlyWithTheThird() throws IOException {
    Map<String, Object> settings = with("sluice.places.look-every", "1m");
    try (PlacesUnderTest sluice = PlacesUnderTest.start(database, settings)) {
      Files.writeString(directory.resolve("staging/.sluice/place.json"), "{}");

      for (int look = 1; look <= 2; look++) {
        assertThat(sluice.guard().troubleNow(PlaceKind.STAGING)).isPresent();
        assertThat(sluice.guard().noRemoval(PlaceKind.STAGING)).isPresent();
        assertThat(sluice.guard().trouble(PlaceKind.STAGING)).isEmpty();
      }
      assertThat(sluice.guard().troubleNow(PlaceKind.STAGING)).isPresent();
      assertThat(sluice.guard().trouble(PlaceKind.STAGING)).isPresent();
    }
  }

  @Test
  void nothingIsRemovedWhileSomebodyTakesABackup() {
    try (PlacesUnderTest sluice = start()) {
      sluice
          .jdbc()
          .sql("update deployment set removals_held_until = now() + interval '1 hour'")
          .update();

      await()
          .untilAsserted(() ->
              assertThat(sluice.guard().noRemoval(PlaceKind.OBJECTS).orElse(""))
                  .contains("backup"));
      assertThat(sluice.guard().trouble(PlaceKind.OBJECTS)).isEmpty();

      sluice.jdbc().sql("update deployment set removals_held_until = now()").update();
      await().until(() -> sluice.guard().noRemoval(PlaceKind.OBJECTS).isEmpty());
    }
  }

  /// The place can still be told from others, so storing need not stop; judging and removing must.
  @Test
  void withoutTheDatabaseNothingIsJudgedAndNothingRemoved() throws Exception {
    PostgresServer own = PostgresServer.start(directory.resolve("postgres"), 0);
    try (PlacesUnderTest sluice = PlacesUnderTest.start(own.jdbcUrl(), local())) {
      own.close();

      assertThat(sluice.guard().troubleNow(PlaceKind.STAGING).orElseThrow()).contains("database");
      assertThat(sluice.guard().trouble(PlaceKind.STAGING)).isEmpty();
      await().until(() -> sluice.guard().noRemoval(PlaceKind.STAGING).isPresent());
    } finally {
      own.close();
    }
  }

  private PlacesUnderTest start() {
    return PlacesUnderTest.start(database, local());
  }

  private Map<String, Object> local() {
    return PlacesUnderTest.local(directory);
  }

  private Map<String, Object> elsewhere() {
    return PlacesUnderTest.local(directory.resolve("elsewhere"));
  }

  private Map<String, Object> with(String name, String value) {
    Map<String, Object> settings = new HashMap<>(local());
    settings.put(name, value);
    return settings;
  }

  private static Mark mark(PlacesUnderTest sluice, PlaceKind kind) throws IOException {
    Optional<Mark> mark = sluice.place(kind).readMark();
    return mark.orElseThrow();
  }

  private static Instant expiresAt(PlacesUnderTest sluice, UUID upload) {
    return sluice
        .jdbc()
        .sql("select expires_at from uploads where id = :id")
        .param("id", upload)
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }
}
