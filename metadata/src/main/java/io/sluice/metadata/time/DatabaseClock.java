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

  private static final Duration SLOW_ANSWER = Duration.ofSeconds(1);
  private static final int MOST_TRIES = 3;

  private record Sample(Instant databaseTime, long nanoTime) {}

  private final JdbcClient jdbc;
  private final LongSupplier nanoTime;
  private final AtomicReference<@Nullable Sample> sample = new AtomicReference<>();

  public DatabaseClock(JdbcClient jdbc, LongSupplier nanoTime) {
    this.jdbc = jdbc;
    this.nanoTime = nanoTime;
  }

  /// About now, by the database; asks it when the last sample is older than half a minute. Never ahead
  /// of the database's clock.
  ///
  /// @throws org.springframework.dao.DataAccessException the database could not be asked
  public Instant now() {
    Sample known = sample.get();
    if (known == null || nanoTime.getAsLong() - known.nanoTime() > SAMPLE_LIFE.toNanos()) {
      known = takeSample();
      sample.set(known);
    }
    return known.databaseTime().plusNanos(nanoTime.getAsLong() - known.nanoTime());
  }

  /// The monotonic clock is read after the answer, so the estimate lies behind by what the answer took
  /// on its way; an answer that took long is not used, if another is quicker.
  private Sample takeSample() {
    for (int tries = 1; ; tries++) {
      long asked = nanoTime.getAsLong();
      Instant databaseTime = ask();
      long answered = nanoTime.getAsLong();
      if (answered - asked < SLOW_ANSWER.toNanos() || tries == MOST_TRIES) {
        return new Sample(databaseTime, answered);
      }
    }
  }

  private Instant ask() {
    return jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
  }
}
