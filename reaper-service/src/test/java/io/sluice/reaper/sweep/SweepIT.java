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

  private final Sightings sightings = REAPER.bean(Sightings.class);
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
    Sweep.over(listing("a"), new Scripted(Verdict.UNOWNED), sightings, run);
    REAPER.letGracePass();
    Scripted ground = new Scripted(Verdict.UNOWNED, Verdict.KEEP);

    Sweep.over(listing("a"), ground, sightings, run);

    assertThat(ground.removed).isEmpty();
    assertThat(ground.look).isEqualTo(2);
  }

  @Test
  void withoutOneTheyGo() throws Exception {
    Sweep.over(listing("a"), new Scripted(Verdict.UNOWNED), sightings, run);
    REAPER.letGracePass();
    Scripted ground = new Scripted(Verdict.UNOWNED);

    Sweep.over(listing("a"), ground, sightings, run);

    assertThat(ground.removed).containsExactly("a");
    assertThat(REAPER.rows().count("orphan_sightings")).isZero();
  }

  @Test
  void whatIsSeenNoMoreIsForgotten() throws Exception {
    Sweep.over(listing("a", "b"), new Scripted(Verdict.UNOWNED), sightings, run);

    Sweep.over(listing("b"), new Scripted(Verdict.UNOWNED), sightings, run);

    assertThat(REAPER.rows().count("orphan_sightings")).isOne();
    assertThat(REAPER.rows().count("orphan_sightings where key = 'b'")).isOne();
  }

  @Test
  void whatAListingShowsTwiceIsSeenOnce() throws Exception {
    Sweep.over(listing("a", "a"), new Scripted(Verdict.UNOWNED), sightings, run);

    assertThat(REAPER.rows().count("orphan_sightings")).isOne();
  }

  @Test
  void oneThatCannotBeRemovedKeepsNoneOfTheOthers() {
    Scripted ground = new Scripted(Verdict.GARBAGE);
    ground.stubborn.add("b");

    assertThatThrownBy(() -> Sweep.over(listing("a", "b", "c"), ground, sightings, run))
        .hasMessage("not [b]");

    assertThat(ground.removed).containsExactly("a", "c");
    assertThat(run.count(Repair.OBJECT)).isEqualTo(2);
  }

  @Test
  void aStoreThatRefusesEverythingIsLeftInPeaceSoon() {
    Scripted ground = new Scripted(Verdict.GARBAGE);
    String[] keys = IntStream.range(0, 100).mapToObj(i -> "k" + i).toArray(String[]::new);
    ground.stubborn.addAll(List.of(keys).subList(0, 50));

    assertThatThrownBy(() -> Sweep.over(listing(keys), ground, sightings, run))
        .isInstanceOf(IOException.class);

    assertThat(ground.removed).isEmpty();
  }

  @Test
  void aListingThatBreaksOffForgetsNothing() throws Exception {
    Sweep.over(listing("a"), new Scripted(Verdict.UNOWNED), sightings, run);
    Sweep.Listing<String> broken =
        (Consumer<String> visitor) -> {
          throw new IOException("gone");
        };

    assertThatThrownBy(() -> Sweep.over(broken, new Scripted(Verdict.UNOWNED), sightings, run))
        .hasMessage("gone");

    assertThat(REAPER.rows().count("orphan_sightings")).isOne();
  }
}
