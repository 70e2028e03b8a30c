package io.sluice.reaper.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.reaper.ReaperFixture;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.RepairMetrics;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.sweep.Sightings.Orphan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The rules of every sweep, on a place where a test decides what happens between two looks.
class SweepIT {

  @RegisterExtension private static final ReaperFixture REAPER = ReaperFixture.local();

  private final Sweeper sweeper = REAPER.bean(Sweeper.class);
  private final Run run = new Run(() -> true, REAPER.bean(RepairMetrics.class));

  /// Entries are keys; a verdict for each look.
  private static final class Scripted implements Sweep.Ground<String> {
    private final List<Verdict> looks;
    private final List<String> removed = new ArrayList<>();
    private final List<String> stubborn = new ArrayList<>();
    private int look;

    Scripted(Verdict... looks) {
      this.looks = List.of(looks);
    }

    @Override
    public Place place() {
      return Place.OBJECT;
    }

    @Override
    public Orphan orphan(String entry) {
      return new Orphan(entry, 0);
    }

    @Override
    public List<Verdict> judge(List<String> entries) {
      Verdict now = looks.get(Math.min(look++, looks.size() - 1));
      return entries.stream().map(entry -> now).toList();
    }

    @Override
    public int removedAtOnce() {
      return 1;
    }

    @Override
    public void remove(List<String> entries) throws IOException {
      if (stubborn.containsAll(entries)) {
        throw new IOException("not " + entries);
      }
      removed.addAll(entries);
    }

    @Override
    public Repair repair() {
      return Repair.OBJECT;
    }
  }

  private static Sweep.Listing<String> listing(String... keys) {
    return visitor -> List.of(keys).forEach(visitor);
  }

  /// The gateway committed the row after the first look and before the grace period was found to be
  /// over, however long this process was frozen in between.
  @Test
  void aRowThatCameBetweenTheTwoLooksSavesItsBytes() throws Exception {
    sweeper.sweep(listing("a"), new Scripted(Verdict.UNOWNED), run);
    REAPER.letGracePass();
    Scripted ground = new Scripted(Verdict.UNOWNED, Verdict.UNOWNED, Verdict.KEEP);

    sweeper.sweep(listing("a"), ground, run);

    assertThat(ground.removed).isEmpty();
    assertThat(ground.look).isEqualTo(3);
  }

  /// The upload's row appeared, and now says nothing of these bytes yet.
  @Test
  void whatTheRowsSayAnewHasToHoldForAsLongAnew() throws Exception {
    sweeper.sweep(listing("a"), new Scripted(Verdict.UNKNOWN), run);
    REAPER.letPass("8 days");
    Scripted ground = new Scripted(Verdict.UNOWNED);

    sweeper.sweep(listing("a"), ground, run);
    assertThat(ground.removed).isEmpty();

    REAPER.letGracePass();
    sweeper.sweep(listing("a"), ground, run);
    assertThat(ground.removed).containsExactly("a");
  }

  @Test
  void bytesOfAnUploadThatNoRowKnowsWaitForSevenDays() throws Exception {
    Scripted ground = new Scripted(Verdict.UNKNOWN);
    sweeper.sweep(listing("a"), ground, run);
    REAPER.letPass("167 hours");
    sweeper.sweep(listing("a"), ground, run);
    assertThat(ground.removed).isEmpty();
    assertThat(REAPER.rows().count("orphan_sightings where unknown and grace_seconds = 604800"))
        .isOne();

    REAPER.letPass("1 hour");
    sweeper.sweep(listing("a"), ground, run);
    assertThat(ground.removed).containsExactly("a");
  }

  /// The reaper was away for as long as that, or the database's clock was put forward.
  @Test
  void timeInWhichNobodyLookedDoesNotMakeThemOlder() throws Exception {
    Scripted ground = new Scripted(Verdict.UNKNOWN);
    sweeper.sweep(listing("a"), ground, run);
    REAPER.letPass("5 minutes");
    REAPER.sql(
        "update orphan_sightings set first_seen_at = first_seen_at - interval '30 days',"
            + " last_seen_at = last_seen_at - interval '30 days'");

    sweeper.sweep(listing("a"), ground, run);

    assertThat(ground.removed).isEmpty();
    assertThat(
            REAPER.rows().count("orphan_sightings where first_seen_at > now() - interval '1 hour'"))
        .isOne();
  }

  @Test
  void withoutOneTheyGo() throws Exception {
    sweeper.sweep(listing("a"), new Scripted(Verdict.UNOWNED), run);
    REAPER.letGracePass();
    Scripted ground = new Scripted(Verdict.UNOWNED);

    sweeper.sweep(listing("a"), ground, run);

    assertThat(ground.removed).containsExactly("a");
    assertThat(REAPER.rows().count("orphan_sightings")).isZero();
  }

  @Test
  void whatIsSeenNoMoreIsForgotten() throws Exception {
    sweeper.sweep(listing("a", "b"), new Scripted(Verdict.UNOWNED), run);

    sweeper.sweep(listing("b"), new Scripted(Verdict.UNOWNED), run);

    assertThat(REAPER.rows().count("orphan_sightings")).isOne();
    assertThat(REAPER.rows().count("orphan_sightings where key = 'b'")).isOne();
  }

  @Test
  void whatAListingShowsTwiceIsSeenOnce() throws Exception {
    sweeper.sweep(listing("a", "a"), new Scripted(Verdict.UNOWNED), run);

    assertThat(REAPER.rows().count("orphan_sightings")).isOne();
  }

  @Test
  void oneThatCannotBeRemovedKeepsNoneOfTheOthers() {
    Scripted ground = new Scripted(Verdict.GARBAGE);
    ground.stubborn.add("b");

    assertThatThrownBy(() -> sweeper.sweep(listing("a", "b", "c"), ground, run))
        .hasMessage("not [b]");

    assertThat(ground.removed).containsExactly("a", "c");
    assertThat(run.count(Repair.OBJECT)).isEqualTo(2);
  }

  @Test
  void aStoreThatRefusesEverythingIsLeftInPeaceSoon() {
    Scripted ground = new Scripted(Verdict.GARBAGE);
    String[] keys = IntStream.range(0, 100).mapToObj(i -> "k" + i).toArray(String[]::new);
    ground.stubborn.addAll(List.of(keys).subList(0, 50));

    assertThatThrownBy(() -> sweeper.sweep(listing(keys), ground, run))
        .isInstanceOf(IOException.class);

    assertThat(ground.removed).isEmpty();
  }

  @Test
  void aListingThatBreaksOffForgetsNothing() throws Exception {
    sweeper.sweep(listing("a"), new Scripted(Verdict.UNOWNED), run);
    Sweep.Listing<String> broken =
        (Consumer<String> visitor) -> {
          throw new IOException("gone");
        };

    assertThatThrownBy(() -> sweeper.sweep(broken, new Scripted(Verdict.UNOWNED), run))
        .hasMessage("gone");

    assertThat(REAPER.rows().count("orphan_sightings")).isOne();
  }
}
