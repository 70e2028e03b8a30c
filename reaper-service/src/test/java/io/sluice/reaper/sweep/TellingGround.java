package io.sluice.reaper.sweep;

import io.sluice.reaper.run.Repair;
import io.sluice.reaper.sweep.Sightings.Orphan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A place whose entries tell by their names what the rows say about them.
final class TellingGround implements Sweep.Ground<String> {

  private final Place place;
  private int made;
  final List<String> entries = new ArrayList<>();
  final List<String> removed = new ArrayList<>();

  TellingGround(Place place) {
    this.place = place;
  }

  TellingGround with(Verdict verdict, int count) {
    String word = verdict.name().toLowerCase(Locale.ROOT);
    IntStream.range(0, count).mapToObj(i -> word + "-" + made++).forEach(entries::add);
    return this;
  }

  Sweep.Listing<String> listing() {
    return visitor -> List.copyOf(entries).forEach(visitor);
  }

  @Override
  public Place place() {
    return place;
  }

  @Override
  public Orphan orphan(String entry) {
    return new Orphan(entry, 0);
  }

  @Override
  public List<Verdict> judge(List<String> asked) {
    return asked.stream()
        .map(entry ->
            Stream.of(Verdict.values())
                .filter(verdict -> entry.startsWith(verdict.name().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow())
        .toList();
  }

  @Override
  public int removedAtOnce() {
    return 1;
  }

  @Override
  public void remove(List<String> gone) {
    removed.addAll(gone);
    entries.removeAll(gone);
  }

  @Override
  public Repair repair() {
    return Repair.OBJECT;
  }
}
