package io.sluice.reaper.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.upload.UploadStatus;
import io.sluice.reaper.ReaperFixture;
import io.sluice.reaper.Rows;
import io.sluice.reaper.Rows.Upload;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.StepName;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a sweep leaves and what it takes, whatever staging is.
abstract class StagingSweepContract {

  private final ReaperFixture reaper;
  private final Rows rows;

  StagingSweepContract(ReaperFixture reaper) {
    this.reaper = reaper;
    this.rows = reaper.rows();
  }

  @BeforeEach
  void emptyStaging() throws Exception {
    reaper.staging().delete(reaper.staged());
  }

  private int sweep() throws Exception {
    return reaper.run(StepName.STAGING_SWEEP).count(Repair.STAGED_BYTES);
  }

  /// Some bytes in staging, no row: the gateway died before it committed.
  @Test
  void bytesWithoutARowGoAfterTheGracePeriodAndNotBefore() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    String key = reaper.stage(upload, 1);

    assertThat(sweep()).isZero();
    assertThat(sweep()).isZero();
    assertThat(reaper.staged()).containsExactly(key);

    reaper.letGracePass();
    assertThat(sweep()).isOne();
    assertThat(reaper.staged()).isEmpty();
    assertThat(rows.count("orphan_sightings")).isZero();
    assertThat(sweep()).isZero();
  }

  @Test
  void bytesOfAnUploadThatIsNotKnownGoAfterSevenDaysOnly() throws Exception {
    String key = reaper.stage(UUID.randomUUID(), 0);

    assertThat(sweep()).isZero();
    reaper.letGracePass();
    assertThat(sweep()).isZero();
    assertThat(reaper.staged()).containsExactly(key);

    reaper.letPass("7 days");
    assertThat(sweep()).isOne();
  }

  @ParameterizedTest
  @EnumSource(names = {"IN_PROGRESS", "COMPLETING"})
  void bytesThatAStagedChunkNamesStayWhateverTheirAge(UploadStatus status) throws Exception {
    UUID upload = rows.upload(status, 3);
    String key = reaper.stage(upload, 1);
    rows.chunk(upload, 1, key);
    // As if they had been seen without their row an age ago.
    reaper.sql(
        "insert into orphan_sightings values ('STAGING', '%s', 1, now() - interval '9 days', now())"
            .formatted(key));

    assertThat(sweep()).isZero();

    assertThat(reaper.staged()).containsExactly(key);
    assertThat(rows.count("orphan_sightings")).as("it has an owner now").isZero();
  }

  /// What a disk does not give today it may give tomorrow.
  @Test
  void bytesOfADamagedChunkStayWithItsUpload() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    String key = reaper.stage(upload, 1);
    rows.chunk(upload, 1, key);
    rows.set(upload, 1, 1, "status = 'DAMAGED'");

    sweep();
    reaper.letGracePass();
    assertThat(sweep()).isZero();
    assertThat(reaper.staged()).containsExactly(key);
  }

  /// The worker died between its commit and the delete.
  @Test
  void bytesOfAStoredChunkGoAtOnce() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    String key = reaper.stage(upload, 1);
    rows.chunk(upload, 1, key);
    rows.set(upload, 1, 1, Rows.stored());

    assertThat(sweep()).isOne();
    assertThat(reaper.staged()).isEmpty();
  }

  /// A client sends the chunk again; its object is found to be lost before that is committed, and then
  /// these are the only bytes there are.
  @Test
  void anotherAttemptAtAStoredChunkWaitsForTheGracePeriod() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    rows.chunk(upload, 1);
    rows.set(upload, 1, 1, Rows.stored());
    String again = reaper.stage(upload, 1);

    assertThat(sweep()).isZero();
    assertThat(reaper.staged()).containsExactly(again);
    reaper.letGracePass();
    assertThat(sweep()).isOne();
  }

  @Test
  void anotherAttemptAtAStagedChunkWaitsForTheGracePeriod() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    String kept = reaper.stage(upload, 1);
    reaper.stage(upload, 1);
    rows.chunk(upload, 1, kept);

    assertThat(sweep()).as("the chunk could be given up and the other attempt commit").isZero();
    reaper.letGracePass();
    assertThat(sweep()).isOne();
    assertThat(reaper.staged()).containsExactly(kept);
  }

  /// Its readers still read it from staging.
  @Test
  void bytesOfAOneRequestFileStayUntilItIsCompleted() throws Exception {
    UUID file = rows.upload(Upload.of(UploadStatus.COMPLETING, 2).inOneRequest());
    List<String> keys = List.of(reaper.stage(file, 0), reaper.stage(file, 1));
    rows.chunk(file, 0, keys.get(0));
    rows.chunk(file, 1, keys.get(1));
    rows.set(file, 0, 0, Rows.stored());

    sweep();
    reaper.letGracePass();
    assertThat(sweep()).isZero();
    assertThat(reaper.staged()).containsExactlyInAnyOrderElementsOf(keys);

    rows.set(file, 1, 1, Rows.stored());
    rows.set(file, "status = 'COMPLETED', completed_at = now(), listed_at = now(), etag = 'e'");
    assertThat(sweep()).isEqualTo(2);
    assertThat(reaper.staged()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPLETED", "FAILED", "ABORTED", "DELETED"})
  void bytesOfAnEndedUploadThatNoChunkNamesGoAtOnce(UploadStatus status) throws Exception {
    UUID upload = rows.upload(status, 3);
    reaper.stage(upload, 1);

    assertThat(sweep()).isOne();
    assertThat(reaper.staged()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "ABORTED", "DELETED"})
  void thoseThatAChunkNamesAreThePurgesUntilItIsConfirmed(UploadStatus status) throws Exception {
    UUID upload = rows.upload(status, 3);
    String key = reaper.stage(upload, 1);
    rows.chunk(upload, 1, key);

    assertThat(sweep()).isZero();
    assertThat(reaper.staged()).containsExactly(key);

    // A power cut brings back what the purge removed.
    rows.set(upload, "purged_at = now()");
    assertThat(sweep()).isOne();
  }

  @Test
  void moreThanABatchIsSwept() throws Exception {
    UUID ended = rows.upload(UploadStatus.ABORTED, 2000);
    UUID alive = rows.upload(UploadStatus.IN_PROGRESS, 2000);
    for (int index = 0; index < 520; index++) {
      reaper.stage(ended, index);
      if (index % 10 == 0) {
        rows.chunk(alive, index, reaper.stage(alive, index));
      }
    }

    assertThat(sweep()).isEqualTo(520);
    assertThat(reaper.staged()).hasSize(52).allMatch(key -> key.contains(alive.toString()));
  }

  @Test
  void aSweepThatMayNotGoOnForgetsNoSighting() throws Exception {
    UUID upload = rows.upload(UploadStatus.IN_PROGRESS, 3);
    reaper.stage(upload, 1);
    sweep();
    assertThat(rows.count("orphan_sightings")).isOne();

    reaper.runAllowing(StepName.STAGING_SWEEP, 0);

    assertThat(rows.count("orphan_sightings")).isOne();
  }
}
