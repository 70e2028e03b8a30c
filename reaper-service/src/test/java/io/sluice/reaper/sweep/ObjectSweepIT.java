package io.sluice.reaper.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.upload.UploadStatus;
import io.sluice.reaper.ReaperFixture;
import io.sluice.reaper.Rows;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.StepName;
import io.sluice.storage.object.ObjectKeys;
import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.object.StagedPart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Which objects a sweep leaves and which it takes.
class ObjectSweepIT {

  @RegisterExtension
  private static final ReaperFixture REAPER =
      ReaperFixture.local("sluice.reaper.sweep-most-objects=3");

  private final Rows rows = REAPER.rows();

  @BeforeEach
  void emptyStore() throws Exception {
    for (String key : objects()) {
      REAPER.objects().deleteUnowned(key);
    }
  }

  private static void store(UUID upload) throws IOException {
    REAPER
        .objects()
        .storeWhole(
            new ObjectRef(
                ObjectKeys.forUpload(upload), new ChunkPlan(0, 8 << 20, 0, 1), "text/plain"),
            new StagedPart(0, List.of()));
  }

  private static List<String> objects() throws IOException {
    List<String> keys = new ArrayList<>();
    REAPER.objects().forEachObject(entry -> keys.add(entry.objectKey()));
    return keys;
  }

  private static int sweep() throws IOException {
    return REAPER.run(StepName.OBJECT_SWEEP).count(Repair.OBJECT);
  }

  /// The database is of yesterday, and this was completed today.
  @Test
  void anObjectThatNoRowKnowsWaitsForSevenDaysAndIsListed() throws Exception {
    UUID upload = UUID.randomUUID();
    store(upload);

    assertThat(sweep()).isZero();
    REAPER.letPass("6 days 23 hours");
    assertThat(sweep()).isZero();
    assertThat(objects()).hasSize(1);
    assertThat(
            rows.count(
                "orphan_sightings where place = 'OBJECT' and unknown and key = '"
                    + ObjectKeys.forUpload(upload)
                    + "'"))
        .isOne();

    REAPER.letPass("1 hour");
    assertThat(sweep()).isOne();
    assertThat(objects()).isEmpty();
  }

  @Test
  void aDatabaseThatKnowsNothingDestroysNothing() throws Exception {
    for (int i = 0; i < 10; i++) {
      store(UUID.randomUUID());
    }
    sweep();
    REAPER.letPass("400 days");

    assertThat(sweep()).isZero();

    assertThat(objects()).hasSize(10);
    assertThat(
            rows.count("sweep_brakes where place = 'OBJECT' and would_remove = 10 and seen = 10"))
        .isOne();
  }

  @ParameterizedTest
  @EnumSource(names = {"IN_PROGRESS", "COMPLETING", "COMPLETED"})
  void theObjectOfALivingUploadStays(UploadStatus status) throws Exception {
    store(rows.upload(status, 1));

    sweep();
    REAPER.letPass("400 days");
    assertThat(sweep()).isZero();
    assertThat(objects()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "ABORTED", "DELETED"})
  void thatOfAnEndedOneIsThePurgesUntilItIsConfirmed(UploadStatus status) throws Exception {
    UUID upload = rows.upload(status, 1);
    store(upload);

    assertThat(sweep()).isZero();
    rows.set(upload, "purged_at = now()");
    assertThat(sweep()).isOne();
  }
}
