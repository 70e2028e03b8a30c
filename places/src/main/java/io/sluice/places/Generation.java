package io.sluice.places;

import io.sluice.storage.place.Mark;
import io.sluice.storage.place.MarkedPlace;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves the generation of a place forward: at the start of each process, and when nobody has for a while.
/// The row first, then the mark, so that a mark that is ahead was written for rows that are missing here.
///
/// A mark that stayed behind, as its writer died or the place was full, is caught up before the row moves
/// again: otherwise a database restored later could be ahead of it and nobody would see what it lacks.
final class Generation {

  private static final Logger LOG = LoggerFactory.getLogger(Generation.class);

  private final MarkedPlace place;
  private final PlaceRows rows;
  private final Duration every;
  private final LongSupplier nanoTime;
  private boolean movedAtStart;
  private long lastSeen = -1;
  private long seenSinceNanos;

  Generation(MarkedPlace place, PlaceRows rows, Duration every, LongSupplier nanoTime) {
    this.place = place;
    this.rows = rows;
    this.every = every;
    this.nanoTime = nanoTime;
  }

  /// Moves it if that is due. To be asked for a place that is ours, by one thread at a time.
  void moveIfDue(Mark mark, PlaceRow row) {
    if (!isDue(row)) {
      return;
    }
    movedAtStart = true;
    seenSinceNanos = nanoTime.getAsLong();
    try {
      if (mark.generation() < row.generation()) {
        writeUnlessChanged(mark, row.generation());
      } else if (rows.move(place.address().kind(), row)) {
        writeUnlessChanged(mark, row.generation() + 1);
      }
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("place", place.address().kind().word())
          .setCause(e)
          .log("the mark was not moved on; tried again");
    }
  }

  private boolean isDue(PlaceRow row) {
    long now = nanoTime.getAsLong();
    if (row.generation() != lastSeen) {
      lastSeen = row.generation();
      seenSinceNanos = now;
    }
    return !movedAtStart || now - seenSinceNanos >= every.toNanos();
  }

  private void writeUnlessChanged(Mark seen, long generation) throws IOException {
    Optional<Mark> now = place.readMark();
    boolean stillOurs =
        now.isPresent()
            && now.get().deploymentId().equals(seen.deploymentId())
            && now.get().placeId().equals(seen.placeId())
            && now.get().generation() < generation;
    if (stillOurs) {
      place.writeMark(now.get().at(generation));
    }
  }
}
