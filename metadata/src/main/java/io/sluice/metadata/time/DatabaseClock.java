package io.sluice.metadata.time;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The database's `now()` without a question for each reading: sampled now and then and carried
/// forward by the monotonic clock, which goes on while the process is frozen.
///
/// This machine's wall clock is never used, so a host with a wrong clock does no harm.
public final class DatabaseClock {

  private static final Duration SAMPLE_LIFE = Duration.ofSeconds(30);

  private record Sample(Instant databaseTime, long nanoTime) {}

  private final JdbcClient jdbc;
  private final LongSupplier nanoTime;
  private final AtomicReference<@Nullable Sample> sample = new AtomicReference<>();

  public DatabaseClock(JdbcClient jdbc, LongSupplier nanoTime) {
    this.jdbc = jdbc;
    this.nanoTime = nanoTime;
  }

  /// About now, by the database; asks it when the last sample is older than half a minute.
  ///
  /// @throws org.springframework.dao.DataAccessException the database could not be asked
  public Instant now() {
    long nanos = nanoTime.getAsLong();
    Sample known = sample.get();
    if (known == null || nanos - known.nanoTime() > SAMPLE_LIFE.toNanos()) {
      // Read before asking: the answer can only be later than this reading, so the estimate never
      // lies behind the database's clock by more than the round trip.
      long asked = nanoTime.getAsLong();
      known = new Sample(ask(), asked);
      sample.set(known);
    }
    return known.databaseTime().plusNanos(nanos - known.nanoTime());
  }

  private Instant ask() {
    return jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
  }
}
