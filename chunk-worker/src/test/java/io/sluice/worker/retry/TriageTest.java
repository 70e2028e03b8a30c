package io.sluice.worker.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.storage.object.MultipartGoneException;
import io.sluice.storage.object.StoreRefusedException;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.storage.staging.StagedBytesDamagedException;
import io.sluice.storage.staging.StagedBytesMissingException;
import io.sluice.storage.staging.StagingFullException;
import io.sluice.worker.circuit.CircuitOpenException;
import io.sluice.worker.retry.Diagnosis.Away;
import io.sluice.worker.retry.Diagnosis.DatabaseAway;
import io.sluice.worker.retry.Diagnosis.Lasting;
import io.sluice.worker.retry.Diagnosis.Passing;
import io.sluice.worker.retry.Diagnosis.StagedBytesBad;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.UncategorizedSQLException;

/// Which failure counts against a job, and which is everybody's.
class TriageTest {

  private boolean storeAnswers = true;
  private @Nullable IOException stagingFailure;
  private final Triage triage = new Triage(() -> storeAnswers, this::probeStaging);

  @Test
  void whatFailsWhileTheStoreAnswersOthersCountsAgainstTheJob() throws Exception {
    assertThat(triage.judge(new StoreUnavailableException("reset")))
        .isEqualTo(new Passing(GiveUpCause.STORE_UNAVAILABLE, "StoreUnavailableException: reset"));
    assertThat(triage.judge(new StoreRefusedException("no")))
        .isEqualTo(new Lasting(GiveUpCause.STORE_REFUSED, "StoreRefusedException: no"));
  }

  @Test
  void aStoreThatAnswersNobodyCountsAgainstNoJob() throws Exception {
    storeAnswers = false;

    assertThat(triage.judge(new StoreUnavailableException("reset"))).isInstanceOf(Away.class);
    assertThat(triage.judge(new StoreRefusedException("wrong key"))).isInstanceOf(Away.class);
    assertThat(triage.judge(new CircuitOpenException())).isInstanceOf(Away.class);
  }

  @Test
  void aStoreThatAsksToSlowDownCountsAgainstNoJobThoughItAnswers() throws Exception {
    assertThat(triage.judge(StoreUnavailableException.throttled("slow", new IOException("503"))))
        .isInstanceOf(Away.class);
  }

  @Test
  void stagedBytesAreJudgedByTheRows() throws Exception {
    assertThat(triage.judge(new StagedBytesMissingException("gone")))
        .isInstanceOf(StagedBytesBad.class);
    assertThat(triage.judge(new StagedBytesDamagedException("flipped")))
        .isInstanceOf(StagedBytesBad.class);
  }

  @Test
  void aFileThatCannotBeReadCountsOnlyWhileStagingAnswers() throws Exception {
    assertThat(triage.judge(new IOException("EIO")))
        .isEqualTo(new Passing(GiveUpCause.STAGING_UNREADABLE, "IOException: EIO"));

    stagingFailure = new StagingFullException("no room");
    assertThat(triage.judge(new IOException("EIO")))
        .as("full, but readable")
        .isInstanceOf(Passing.class);

    stagingFailure = new IOException("stale handle");
    assertThat(triage.judge(new IOException("EIO"))).isInstanceOf(Away.class);
  }

  @Test
  void aForgottenMultipartIsTriedAgain() throws Exception {
    assertThat(triage.judge(new MultipartGoneException("no such upload")))
        .isInstanceOf(Passing.class);
  }

  @Test
  void withoutPostgresqlNothingIsWrittenDown() throws Exception {
    assertThat(triage.judge(new DataAccessResourceFailureException("refused")))
        .isInstanceOf(DatabaseAway.class);
    for (String state : new String[] {"08006", "53300", "57P01", "58030", "40P01", "25006"}) {
      assertThat(triage.judge(sql(state))).as(state).isInstanceOf(DatabaseAway.class);
    }
  }

  @Test
  void aDefectOfOursCountsAndIsNotTakenForAnOutage() throws Exception {
    assertThat(triage.judge(new IllegalStateException("bug")))
        .isEqualTo(new Passing(GiveUpCause.INTERNAL_ERROR, "IllegalStateException: bug"));
    assertThat(triage.judge(new DuplicateKeyException("twice"))).isInstanceOf(Passing.class);
    assertThat(triage.judge(sql("22021"))).isInstanceOf(Passing.class);
  }

  @Test
  void aStopOfThisProcessIsNobodysFailure() {
    assertThatThrownBy(() -> triage.judge(new InterruptedException()))
        .isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> triage.judge(new IOException("closed by interrupt")))
          .isInstanceOf(InterruptedException.class);
    } finally {
      assertThat(Thread.interrupted()).as("left for whoever stops next").isTrue();
    }
  }

  @Test
  void whatIsWrittenDownIsOneBoundedLine() {
    String detail = Triage.detailOf(new IOException("two\nlines\u0000" + "x".repeat(1_000)));

    assertThat(detail).hasSize(500).startsWith("IOException: two lines x").doesNotContain("\n");
  }

  private static UncategorizedSQLException sql(String state) {
    return new UncategorizedSQLException("test", "select", new SQLException("failed", state));
  }

  private void probeStaging() throws IOException {
    if (stagingFailure != null) {
      throw stagingFailure;
    }
  }
}
