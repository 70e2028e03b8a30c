package io.sluice.places;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.storage.place.PlaceKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceRowsIT {

  private static final String WAITING =
      """
      select count(*) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'
      """;

  @TempDir Path directory;

  private final String database = EmbeddedStack.freshDatabase();

  /// Others lock several uploads in the order of their ids: in any other order the two wait in a circle.
  @Test
  void openUploadsAreLockedInTheOrderOfTheirIds() throws Exception {
    try (PlacesUnderTest sluice = start()) {
      UUID first = sluice.upload("IN_PROGRESS");
      UUID second = sluice.upload("IN_PROGRESS");
      UUID low = first.toString().compareTo(second.toString()) < 0 ? first : second;
      UUID high = low.equals(first) ? second : first;
      // Last in the table, and last by the time at which it ends: no plan comes to it first by
      // chance.
      sluice
          .jdbc()
          .sql("update uploads set expires_at = expires_at + interval '1 minute' where id = :id")
          .param("id", low)
          .update();
      try (Connection other = DriverManager.getConnection(database);
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false);
        lock(statement, low);
        CompletableFuture<Integer> renewed =
            CompletableFuture.supplyAsync(
                () -> new PlaceRows(sluice.jdbc()).renewOpenUploads(), PlaceRowsIT::inThread);
        await().until(() -> sluice.jdbc().sql(WAITING).query(Long.class).single() == 1);

        lock(statement, high);
        other.rollback();

        assertThat(renewed.join()).isEqualTo(2);
      }
    }
  }

  private static void lock(Statement statement, UUID upload) throws SQLException {
    statement.execute("select 1 from uploads where id = '" + upload + "' for update nowait");
  }

  /// Whoever downloads it reads staged bytes until it is joined, although all of its chunks are stored.
  @Test
  void whatWasSentInOneRequestNeedsStagingUntilItIsJoined() {
    try (PlacesUnderTest sluice = start()) {
      PlaceRows rows = new PlaceRows(sluice.jdbc());
      UUID upload = sluice.upload("COMPLETING");
      assertThat(rows.bytesExpected(PlaceKind.STAGING)).isFalse();

      sluice
          .jdbc()
          .sql("update uploads set origin = 'ONE_REQUEST' where id = :id")
          .param("id", upload)
          .update();
      assertThat(rows.bytesExpected(PlaceKind.STAGING)).isTrue();

      sluice
          .jdbc()
          .sql(
              """
              update uploads set status = 'COMPLETED', etag = 'e', completed_at = now(), listed_at = now()
              """)
          .update();
      assertThat(rows.bytesExpected(PlaceKind.STAGING)).isFalse();
    }
  }

  private PlacesUnderTest start() {
    return PlacesUnderTest.start(database, PlacesUnderTest.local(directory));
  }

  private static void inThread(Runnable renewing) {
    Thread.ofVirtual().start(renewing);
  }
}
