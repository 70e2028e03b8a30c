package io.sluice.worker.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.storage.object.MultipartGoneException;
import io.sluice.storage.object.StoreRefusedException;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.storage.place.PlaceGuard;
import io.sluice.storage.place.PlaceKind;
import io.sluice.storage.staging.StagedBytesDamagedException;
import io.sluice.storage.staging.StagedBytesMissingException;
import io.sluice.worker.circuit.CircuitOpenException;
import io.sluice.worker.retry.Diagnosis.Away;
import io.sluice.worker.retry.Diagnosis.DatabaseAway;
import io.sluice.worker.retry.Diagnosis.Passing;
import io.sluice.worker.retry.Diagnosis.Refused;
import io.sluice.worker.retry.Diagnosis.StagedBytesBad;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.UncategorizedSQLException;

/// Which failure counts against a job, and which is everybody's.
class TriageTest {

  private boolean storeAnswers = true;
  private Optional<String> placeTrouble = Optional.empty();
  private final Triage triage = new Triage(() -> storeAnswers, new Places());

  @Test
  void whatFailsWhileTheStoreAnswersOthersCountsAgainstTheJob() throws Exception {
    assertThat(triage.judge(new StoreUnavailableException("reset")))
        .isEqualTo(new Passing(ParkCause.STORE_UNAVAILABLE, "StoreUnavailableException: reset"));
    assertThat(triage.judge(new StoreRefusedException("no")))
        .isEqualTo(new Refused(ParkCause.STORE_REFUSED, "StoreRefusedException: no"));
  }

  @Test
  void aStoreThatAnswersNobodyCountsAgainstNoJob() throws Exception {
    storeAnswers = false;

    assertThat(triage.judge(new StoreUnavailableException("reset"))).isInstanceOf(Away.class);
    assertThat(triage.judge(new CircuitOpenException())).isInstanceOf(Away.class);
  }

  /// Whether it refuses this alone or everything changes how often it is asked, never whether people hear of it.
  @Test
  void whatIsRefusedIsSaidAtOnceWhoeverElseIsRefused() throws Exception {
    storeAnswers = false;

    assertThat(triage.judge(new StoreRefusedException("wrong key"))).isInstanceOf(Refused.class);
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

  /// A volume that is not mounted holds nothing, and that says nothing of the bytes on it.
  @Test
  void whatIsMissingAtAPlaceThatIsNotThereIsNotMissing() throws Exception {
    placeTrouble = Optional.of("not mounted");

    assertThat(triage.judge(new StagedBytesMissingException("gone")))
        .isEqualTo(new Away("not mounted"));
    assertThat(triage.judge(new StagedBytesDamagedException("short")))
        .isEqualTo(new Away("not mounted"));
  }

  @Test
  void aFileThatCannotBeReadCountsOnlyWhileStagingAnswers() throws Exception {
    assertThat(triage.judge(new IOException("EIO")))
        .isEqualTo(new Passing(ParkCause.STAGING_UNREADABLE, "IOException: EIO"));

    placeTrouble = Optional.of("stale handle");
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
        .isEqualTo(new Passing(ParkCause.INTERNAL_ERROR, "IllegalStateException: bug"));
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

  private final class Places implements PlaceGuard {

    @Override
    public Optional<String> trouble(PlaceKind place) {
      return placeTrouble;
    }

    @Override
    public Optional<String> troubleNow(PlaceKind place) {
      return placeTrouble;
    }

    @Override
    public Optional<String> noRemoval(PlaceKind place) {
      return placeTrouble;
    }
  }
}
