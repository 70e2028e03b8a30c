package io.sluice.reaper.sweep;

import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.sweep.Sightings.Orphan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Goes through everything at one place and removes what no row owns.
///
/// **Invariant**: bytes that may still get a row are removed only if a look at the rows that began a full
/// grace period after they were first seen finds none. A gateway that began to stage them before they
/// were seen has committed by then, or is refused.
///
/// @param <E> an entry of the listing
final class Sweep<E> {

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
  private final Run run;
  private final List<E> batch = new ArrayList<>(BATCH);
  private int failures;
  private @Nullable IOException firstFailure;

  private Sweep(Ground<E> ground, Sightings sightings, Run run) {
    this.ground = ground;
    this.sightings = sightings;
    this.run = run;
  }

  static <E> void over(Listing<E> listing, Ground<E> ground, Sightings sightings, Run run)
      throws IOException {
    new Sweep<>(ground, sightings, run).run(listing);
  }

  private void run(Listing<E> listing) throws IOException {
    OffsetDateTime began = sightings.now();
    try {
      listing.forEach(this::visit);
      sweepBatch();
    } catch (Stopped stopped) {
      return;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    sightings.forgetUnseenSince(ground.place(), began);
    if (firstFailure != null) {
      throw firstFailure;
    }
  }

  private void visit(E entry) {
    batch.add(entry);
    if (batch.size() == BATCH) {
      try {
        sweepBatch();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void sweepBatch() throws IOException {
    if (!run.mayGoOn()) {
      throw new Stopped();
    }
    List<Verdict> verdicts = verdicts(batch);
    remove(those(Verdict.GARBAGE, batch, verdicts));
    List<E> unowned = those(Verdict.UNOWNED, batch, verdicts);
    Set<String> ripe = sightings.see(ground.place(), unowned.stream().map(ground::orphan).toList());
    if (!ripe.isEmpty()) {
      List<E> due =
          unowned.stream().filter(entry -> ripe.contains(ground.orphan(entry).key())).toList();
      // The first look may be older than the grace period by now, however that came about.
      remove(those(Verdict.UNOWNED, due, verdicts(due)));
    }
    batch.clear();
  }

  private List<Verdict> verdicts(List<E> entries) {
    return entries.isEmpty() ? List.of() : ground.judge(entries);
  }

  private static <E> List<E> those(Verdict wanted, List<E> entries, List<Verdict> verdicts) {
    return IntStream.range(0, entries.size())
        .filter(i -> verdicts.get(i) == wanted)
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
    run.repaired(ground.repair(), entries.size());
    sightings.forget(
        ground.place(), entries.stream().map(ground::orphan).map(Orphan::key).toList());
  }
}
