package io.sluice.reaper.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.reaper.ReaperFixture;
import io.sluice.reaper.run.RepairMetrics;
import io.sluice.reaper.run.Run;
import io.sluice.storage.place.PlaceKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What stops a sweep: too much to remove, and a place that forbids it.
class BrakesIT {

  @RegisterExtension
  private static final ReaperFixture REAPER =
      ReaperFixture.local(
          "sluice.reaper.sweep-most-objects=5", "sluice.reaper.sweep-most-percent=2.5");

  private void sweep(TellingGround ground) throws Exception {
    Run run = new Run(() -> true, REAPER.bean(RepairMetrics.class));
    REAPER.bean(Sweeper.class).sweep(ground.listing(), ground, run);
  }

  private static long brakes(String condition) {
    return REAPER.rows().count("sweep_brakes where " + condition);
  }

  private static void confirm() {
    REAPER.sql("update sweep_brakes set confirmed_at = now(), confirmed_by = 'root'");
  }

  @ParameterizedTest
  @CsvSource({
    // garbage, others, removed: up to five whatever the share, up to 2.5 % whatever the number
    "5, 0, 5",
    "6, 0, 0",
    "6, 233, 0",
    "6, 234, 6",
    "15, 585, 15",
    "15, 584, 0"
  })
  void aSweepStopsOnlyIfItIsTooMuchByNumberAndByShare(int garbage, int others, int removed)
      throws Exception {
    TellingGround ground =
        new TellingGround(Place.OBJECT).with(Verdict.KEEP, others).with(Verdict.GARBAGE, garbage);

    sweep(ground);

    assertThat(ground.removed).hasSize(removed);
    assertThat(brakes("place = 'OBJECT'")).isEqualTo(removed == 0 ? 1 : 0);
  }

  /// A database from before: it knows nothing of what came since.
  @Test
  void whatNoRowKnowsCountsWithGarbageAndWhatIsNotRipeDoesNot() throws Exception {
    TellingGround ground =
        new TellingGround(Place.MULTIPART)
            .with(Verdict.UNKNOWN, 3)
            .with(Verdict.UNOWNED, 2)
            .with(Verdict.GARBAGE, 1);
    sweep(ground);
    assertThat(ground.removed).as("the others are not ripe").hasSize(1);
    ground.with(Verdict.GARBAGE, 1);
    REAPER.letPass("8 days");

    sweep(ground);

    assertThat(ground.removed).hasSize(1);
    assertThat(ground.entries).hasSize(6);
    assertThat(brakes("place = 'MULTIPART' and would_remove = 6 and seen = 6")).isOne();
  }

  @Test
  void aConfirmationLetsThatManyGoOnce() throws Exception {
    TellingGround ground = new TellingGround(Place.OBJECT).with(Verdict.GARBAGE, 8);
    sweep(ground);
    assertThat(brakes("would_remove = 8 and seen = 8 and confirmed_at is null")).isOne();
    confirm();
    ground.with(Verdict.GARBAGE, 20);

    sweep(ground);

    assertThat(ground.removed).as("what was confirmed, not what came since").hasSize(8);
    assertThat(brakes("true")).isZero();

    sweep(ground);
    assertThat(ground.removed).hasSize(8);
    assertThat(brakes("would_remove = 20 and confirmed_at is null")).isOne();
  }

  /// It was for what an administrator saw then; what is garbage now may be something else.
  @Test
  void anOldConfirmationLetsNothingGoAndHasToBeGivenAgain() throws Exception {
    TellingGround ground = new TellingGround(Place.OBJECT).with(Verdict.GARBAGE, 8);
    sweep(ground);
    confirm();
    REAPER.sql("update sweep_brakes set confirmed_at = now() - interval '61 minutes'");
    ground.with(Verdict.GARBAGE, 1);

    sweep(ground);

    assertThat(ground.removed).isEmpty();
    assertThat(brakes("would_remove = 9 and confirmed_at is null and confirmed_by is null"))
        .isOne();
    confirm();
    sweep(ground);
    assertThat(ground.removed).hasSize(9);
  }

  @Test
  void aBrakeGoesWhenThereIsNoLongerTooMuch() throws Exception {
    TellingGround ground = new TellingGround(Place.OBJECT).with(Verdict.GARBAGE, 8);
    sweep(ground);
    sweep(ground);
    assertThat(brakes("true")).isOne();
    ground.entries.subList(0, 4).clear();

    sweep(ground);

    assertThat(ground.removed).hasSize(4);
    assertThat(brakes("true")).isZero();
  }

  @Test
  void stagedBytesThatARowProvesToBeGarbageGoWhateverTheirNumber() throws Exception {
    TellingGround ground =
        new TellingGround(Place.STAGING).with(Verdict.GARBAGE, 700).with(Verdict.UNOWNED, 6);
    sweep(ground);
    assertThat(ground.removed).hasSize(700);
    REAPER.letGracePass();

    sweep(ground);

    assertThat(ground.removed).hasSize(700);
    assertThat(brakes("place = 'STAGING' and would_remove = 6")).isOne();
  }

  @Test
  void aBrakeShowsInTheMetrics() throws Exception {
    MeterRegistry meters = REAPER.bean(MeterRegistry.class);
    sweep(new TellingGround(Place.OBJECT).with(Verdict.GARBAGE, 8));

    await()
        .untilAsserted(() ->
            assertThat(meters.get("reaper.sweep.brake").tag("place", "object").gauge().value())
                .isEqualTo(1));
    assertThat(meters.get("reaper.sweep.brake").tag("place", "staging").gauge().value()).isZero();
  }

  /// Somebody begins a backup, or unmounts the disk, in the middle of a pass.
  @Test
  void aPlaceThatForbidsRemovalsStopsASweepBetweenTwoOfThem() throws Exception {
    TellingGround ground = new TellingGround(Place.OBJECT).with(Verdict.GARBAGE, 5);
    // Asked before the first walk's batch, the second one's, and each removal.
    REAPER.guard().forbidAfter(PlaceKind.OBJECTS, 4);

    sweep(ground);

    assertThat(ground.removed).hasSize(2);
    sweep(ground);
    assertThat(ground.removed).hasSize(2);

    REAPER.guard().allow();
    sweep(ground);
    assertThat(ground.removed).hasSize(5);
  }

  @Test
  void troubleWithObjectsDoesNotKeepStagingFromBeingSwept() throws Exception {
    REAPER.guard().forbid(PlaceKind.OBJECTS);
    TellingGround staging = new TellingGround(Place.STAGING).with(Verdict.GARBAGE, 2);
    TellingGround multipart = new TellingGround(Place.MULTIPART).with(Verdict.GARBAGE, 2);

    sweep(staging);
    sweep(multipart);

    assertThat(staging.removed).hasSize(2);
    assertThat(multipart.removed).isEmpty();
  }
}
