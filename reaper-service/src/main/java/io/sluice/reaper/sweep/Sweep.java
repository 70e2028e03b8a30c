package io.sluice.reaper.sweep;

import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.sweep.Sightings.Orphan;
import io.sluice.reaper.sweep.Sightings.Sighting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Goes through everything at one place and removes what no row owns.
///
/// **Invariant**: bytes that may still get a row are removed only if a look at the rows that began a full
/// grace period after they were first seen finds none. A gateway that began to stage them before they
/// were seen has committed by then, or is refused.
///
/// **Invariant**: never does one pass remove more than [Brakes] allow of what no row proves to be garbage.
///
/// @param <E> an entry of the listing
final class Sweep<E> {

  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private static final int BATCH = 500;
  private static final int MOST_FAILURES = 10;

  /// Shows every entry to a visitor.
  interface Listing<E> {
    void forEach(Consumer<E> visitor) throws IOException;
  }

  /// What a place is to a sweep.
  ///
  /// @param <E> an entry of the listing
  interface Ground<E> {
    Place place();

    /// The entry's name and size in the book of sightings.
    Orphan orphan(E entry);

    /// What the rows say now; a verdict for each entry, in order.
    List<Verdict> judge(List<E> entries);

    /// Most entries that one [#remove] takes.
    int removedAtOnce();

    /// Removes the bytes of these entries; those that are gone are a success.
    void remove(List<E> entries) throws IOException;

    /// What a removal is counted as.
    Repair repair();
  }

  /// Ends a listing early: there is no other way out of it.
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super("the sweep may not go on", null, false, false);
    }
  }

  private final Ground<E> ground;
  private final Sightings sightings;
  private final Brakes brakes;
  private final Run run;
  private final List<E> batch = new ArrayList<>(BATCH);
  private long seen;
  private long due;
  private long mayRemove;
  private long removed;
  private int failures;
  private @Nullable IOException firstFailure;

  Sweep(Ground<E> ground, Sightings sightings, Brakes brakes, Run run) {
    this.ground = ground;
    this.sightings = sightings;
    this.brakes = brakes;
    this.run = run;
  }

  /// Walks twice where something is to be removed: how much it would be is known only at the end, and the
  /// names of that may be too many to be kept.
  void run(Listing<E> listing) throws IOException {
    OffsetDateTime began = sightings.now();
    try {
      walk(listing, this::count);
      mayRemove = brakes.allowed(ground.place(), due, seen);
      if (due > 0 && mayRemove > 0) {
        walk(listing, this::removeDue);
      }
    } catch (Stopped stopped) {
      return;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      tell();
    }
    sightings.forgetUnseenSince(ground.place(), began);
    if (firstFailure != null) {
      throw firstFailure;
    }
  }

  private void tell() {
    if (removed > 0) {
      LOG.atWarn()
          .addKeyValue("place", ground.place().wire())
          .addKeyValue("removed", removed)
          .addKeyValue("seen", seen)
          .log("removed what nobody owns");
    }
  }

  /// What is done with a batch of entries.
  private interface Batch<E> {
    void take(List<E> entries, List<Verdict> verdicts) throws IOException;
  }

  private void walk(Listing<E> listing, Batch<E> what) throws IOException {
    batch.clear();
    listing.forEach(entry -> {
      batch.add(entry);
      if (batch.size() == BATCH) {
        try {
          take(what);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    });
    take(what);
  }

  private void take(Batch<E> what) throws IOException {
    if (!run.mayGoOn()) {
      throw new Stopped();
    }
    what.take(batch, verdicts(batch));
    batch.clear();
  }

  private void count(List<E> entries, List<Verdict> verdicts) throws IOException {
    List<E> garbage = those(entries, verdicts, Verdict.GARBAGE::equals);
    if (ground.place().garbageIsProven()) {
      remove(garbage);
    } else {
      due += garbage.size();
    }
    due += ripe(entries, verdicts).size();
    seen += entries.size();
  }

  private void removeDue(List<E> entries, List<Verdict> verdicts) throws IOException {
    if (mayRemove == 0) {
      return;
    }
    if (!ground.place().garbageIsProven()) {
      removeCounted(those(entries, verdicts, Verdict.GARBAGE::equals));
    }
    Map<E, Verdict> ripe = ripe(entries, verdicts);
    List<E> again = List.copyOf(ripe.keySet());
    // The first look may be older than the grace period by now, however that came about.
    List<Verdict> now = verdicts(again);
    removeCounted(
        IntStream.range(0, again.size())
            .filter(i -> now.get(i) == ripe.get(again.get(i)))
            .mapToObj(again::get)
            .toList());
  }

  /// Those of which the rows have said the same for the whole grace period, and what that is.
  private Map<E, Verdict> ripe(List<E> entries, List<Verdict> verdicts) {
    Map<E, Verdict> waiting = new LinkedHashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      if (verdicts.get(i).waits()) {
        waiting.put(entries.get(i), verdicts.get(i));
      }
    }
    Set<String> ripe =
        sightings.see(
            ground.place(),
            waiting.entrySet().stream()
                .map(entry ->
                    new Sighting(
                        ground.orphan(entry.getKey()), entry.getValue() == Verdict.UNKNOWN))
                .toList());
    waiting.keySet().removeIf(entry -> !ripe.contains(ground.orphan(entry).key()));
    return waiting;
  }

  private void removeCounted(List<E> entries) throws IOException {
    int most = (int) Math.min(entries.size(), mayRemove);
    // Before they go: one that cannot be removed is one of those that were to be.
    mayRemove -= most;
    remove(entries.subList(0, most));
  }

  private List<Verdict> verdicts(List<E> entries) {
    return entries.isEmpty() ? List.of() : ground.judge(entries);
  }

  private static <E> List<E> those(
      List<E> entries, List<Verdict> verdicts, Predicate<Verdict> wanted) {
    return IntStream.range(0, entries.size())
        .filter(i -> wanted.test(verdicts.get(i)))
        .mapToObj(entries::get)
        .toList();
  }

  private void remove(List<E> entries) throws IOException {
    int size = ground.removedAtOnce();
    for (int from = 0; from < entries.size(); from += size) {
      if (!run.mayGoOn()) {
        throw new Stopped();
      }
      removeSlice(entries.subList(from, Math.min(from + size, entries.size())));
    }
  }

  /// One thing that cannot be removed must not keep all that come after it; a store that is away may.
  private void removeSlice(List<E> entries) throws IOException {
    try {
      ground.remove(entries);
    } catch (IOException e) {
      firstFailure = firstFailure == null ? e : firstFailure;
      if (++failures == MOST_FAILURES) {
        throw e;
      }
      return;
    }
    removed += entries.size();
    run.repaired(ground.repair(), entries.size());
    sightings.forget(
        ground.place(), entries.stream().map(ground::orphan).map(Orphan::key).toList());
  }
}
