package io.sluice.places;

import io.sluice.storage.place.Mark;
import io.sluice.storage.place.MarkUnreadableException;
import io.sluice.storage.place.MarkedPlace;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// One look at a place, and what follows from it at once: it is claimed where it may be, its row is told
/// that it has moved, its generation moves on. By one thread at a time.
final class Look {

  private static final int MOST_CLAIMS = 2;

  private final MarkedPlace place;
  private final PlaceRows rows;
  private final SharedLooks<PlaceRows.Known> database;
  private final Duration databasePatience;
  private final Claims claims;
  private final Generation generation;
  private PlaceRows.@Nullable Known lastKnown;
  private Seen last;
  private boolean located;

  /// @param databasePatience the longest that the database may take to answer
  Look(
      MarkedPlace place,
      PlaceRows rows,
      Duration databasePatience,
      Claims claims,
      Generation generation) {
    this.place = place;
    this.rows = rows;
    this.databasePatience = databasePatience;
    this.database =
        new SharedLooks<>(
            "place-rows-" + place.address().kind().word(), () -> rows.read(place.address().kind()));
    this.claims = claims;
    this.generation = generation;
    this.last = Seen.nothing(PlaceWord.UNKNOWN, Messages.notLookedAt(place.address()));
  }

  /// Looks.
  Seen look() {
    last = lookOnce(MOST_CLAIMS);
    return last;
  }

  private Seen lookOnce(int claimsLeft) {
    Optional<Mark> mark;
    try {
      mark = readTwice();
    } catch (IOException e) {
      return Seen.nothing(PlaceWord.AWAY, Messages.away(place.address(), e));
    }
    try {
      // After the mark: the row moves first, so one that is read later is never behind by itself.
      PlaceRows.Known known = known();
      lastKnown = known;
      Evidence evidence = claims.evidence(known, mark);
      return act(Judgement.judge(evidence, place.address()), evidence, claimsLeft);
    } catch (DataAccessException | TransactionException | TimeoutException e) {
      return withoutDatabase(mark);
    } catch (IOException e) {
      return Seen.nothing(PlaceWord.AWAY, Messages.away(place.address(), e));
    }
  }

  /// In time: a pool may wait for a connection longer than anybody waits for the place.
  private PlaceRows.Known known() throws TimeoutException {
    try {
      return database.fresh().get(databasePatience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// A service that fails once is not away.
  private Optional<Mark> readTwice() throws IOException {
    try {
      return place.readMark();
    } catch (MarkUnreadableException e) {
      throw e;
    } catch (IOException e) {
      return place.readMark();
    }
  }

  private Seen act(Verdict verdict, Evidence evidence, int claimsLeft) {
    switch (verdict) {
      case Verdict.Unclaimed _ when claimsLeft > 0 -> {
        try {
          claims.claim();
        } catch (IOException e) {
          return Seen.nothing(PlaceWord.AWAY, Messages.notClaimed(place.address(), e));
        }
        return lookOnce(claimsLeft - 1);
      }
      case Verdict.Ours ours -> {
        relocate(ours.row());
        generation.moveIfDue(ours.mark(), ours.row());
      }
      case Verdict.Ahead ahead -> ahead.row().ifPresent(this::relocate);
      default -> {}
    }
    return Seen.of(verdict, place.address(), evidence);
  }

  /// Once: services that mount the same place under several names would tell the row in turns.
  private void relocate(PlaceRow row) {
    if (!located && Judgement.isMoved(row, place.address())) {
      rows.relocate(row, place.address());
    }
    located = true;
  }

  /// The place itself can still be told from any other, by the row as it was.
  private Seen withoutDatabase(Optional<Mark> mark) {
    boolean samePlace =
        lastKnown != null
            && new Evidence(
                    lastKnown.deploymentId(), lastKnown.row(), mark, Evidence.Contents.UNASKED)
                .agrees();
    return samePlace && last.word().isUsable()
        ? last.withoutDatabase()
        : Seen.nothing(PlaceWord.UNKNOWN, Messages.databaseAway(place.address())).withoutDatabase();
  }
}
