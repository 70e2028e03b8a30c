package io.sluice.places;

import io.sluice.storage.place.PlaceAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Whether removals are held for a backup, as of at most two seconds ago. A database that does not say holds
/// them too.
final class RemovalHold {

  private static final Duration GOOD_FOR = Duration.ofSeconds(2);

  private record Read(Optional<Instant> until, long atNanos) {}

  private final PlaceRows rows;
  private final LongSupplier nanoTime;
  private volatile @Nullable Read last;

  RemovalHold(PlaceRows rows, LongSupplier nanoTime) {
    this.rows = rows;
    this.nanoTime = nanoTime;
  }

  Optional<String> reason(PlaceAddress place) {
    try {
      return until().map(time -> Messages.held(place, time));
    } catch (DataAccessException | TransactionException e) {
      return Optional.of(Messages.databaseAway(place));
    }
  }

  /// For whoever asks without a key. That the database is away, others say.
  Optional<String> note(PlaceAddress place) {
    try {
      return until().map(time -> Messages.held(place, time));
    } catch (DataAccessException | TransactionException e) {
      return Optional.empty();
    }
  }

  private Optional<Instant> until() {
    long now = nanoTime.getAsLong(); // before the question: the answer may come late
    Read known = last;
    if (known == null || now - known.atNanos() >= GOOD_FOR.toNanos()) {
      known = new Read(rows.heldUntil(), now);
      last = known;
    }
    return known.until();
  }
}
