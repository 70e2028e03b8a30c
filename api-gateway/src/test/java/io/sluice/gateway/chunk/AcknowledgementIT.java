package io.sluice.gateway.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.TestUpload;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The client is told when the row is committed, and not before.
class AcknowledgementIT {

  private static final int LONG_ENOUGH_TO_ANSWER_MILLIS = 500;

  private final GatewayUnderTest gateway = GatewayUnderTest.shared();
  private final TestUpload upload =
      TestUpload.begin(gateway.as(GatewayUnderTest.ANN), 250_000, 100_000);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aChunkIsNotAcknowledgedWhileItsRowWaits(boolean firstChunk) throws Exception {
    begin(firstChunk);
    try (Connection other = locking()) {
      CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> upload.send(1));
      await().until(this::somebodyWaits);

      assertThatThrownBy(() -> answer.get(LONG_ENOUGH_TO_ANSWER_MILLIS, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);

      other.rollback();
      assertThat(answer.get().status()).isEqualTo(202);
    }
  }

  /// Its row waited behind the abort, so it comes after it.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aChunkThatWaitedForAnAbortIsRefused(boolean firstChunk) throws Exception {
    begin(firstChunk);
    try (Connection other = locking();
        Statement abort = other.createStatement()) {
      abort.executeUpdate(
          "update uploads set status = 'ABORTED', end_code = 'aborted_by_client' where id = '%s'"
              .formatted(upload.id()));
      CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> upload.send(1));
      await().until(this::somebodyWaits);
      other.commit();

      assertThat(answer.get().status()).isEqualTo(409);
      assertThat(answer.get().errorCode()).isEqualTo("upload_not_active");
    }
    assertThat(
            gateway
                .database()
                .sql("select count(*) from chunks where upload_id = :id and chunk_index = 1")
                .param("id", upload.id())
                .query(Integer.class)
                .single())
        .isZero();
    assertThat(gateway.stagedFiles(upload.id().toString())).hasSize(firstChunk ? 0 : 1);
  }

  private void begin(boolean firstChunk) {
    if (!firstChunk) {
      upload.send(0);
    }
  }

  /// A session that has locked the upload as whoever ends it does.
  private Connection locking() throws SQLException {
    Connection session = gateway.bean(DataSource.class).getConnection();
    session.setAutoCommit(false);
    try (Statement lock = session.createStatement()) {
      lock.execute("select 1 from uploads where id = '%s' for update".formatted(upload.id()));
    }
    return session;
  }

  private boolean somebodyWaits() {
    return gateway
        .database()
        .sql(
            """
            select exists (select 1 from pg_stat_activity
                           where datname = current_database() and wait_event_type = 'Lock')
            """)
        .query(Boolean.class)
        .single();
  }
}
