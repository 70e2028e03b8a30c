package io.sluice.worker.retry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What is parked and what is damaged now, of the whole fleet, as every worker shows it: an alert on either
/// stays until it is put right.
@Component
final class ParkedGauges implements MeterBinder {

  private static final Logger LOG = LoggerFactory.getLogger(ParkedGauges.class);
  private static final Duration FRESH = Duration.ofSeconds(5);

  /// Both read an index that holds nothing else.
  private static final String COUNT =
      """
      select cause, count(*) as jobs from dead_letters
      where replayed_at is null and resolved_at is null group by cause
      union all
      select 'damaged', count(*) from chunks where status = 'DAMAGED'
      """;

  private static final String DAMAGED = "damaged";

  private record Seen(Map<String, Long> counts, long nanos) {}

  private final JdbcClient jdbc;
  private Seen seen = new Seen(Map.of(), System.nanoTime() - 2 * FRESH.toNanos());

  ParkedGauges(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    for (ParkCause cause : ParkCause.values()) {
      Gauge.builder("parked_jobs", this, gauges -> gauges.count(cause.wire()))
          .description("Jobs that cannot be done now and are tried for ever")
          .tag("cause", cause.wire())
          .register(meters);
    }
    Gauge.builder("damaged_chunks", this, gauges -> gauges.count(DAMAGED))
        .description("Acknowledged chunks whose bytes are missing or wrong")
        .register(meters);
  }

  /// Not known while PostgreSQL is away.
  private synchronized double count(String what) {
    if (System.nanoTime() - seen.nanos() > FRESH.toNanos()) {
      seen = new Seen(look(), System.nanoTime());
    }
    return seen.counts().isEmpty() ? Double.NaN : seen.counts().getOrDefault(what, 0L);
  }

  private Map<String, Long> look() {
    Map<String, Long> counts = new HashMap<>();
    try {
      jdbc.sql(COUNT)
          .query(row -> {
            counts.put(row.getString("cause"), row.getLong("jobs"));
          });
    } catch (RuntimeException e) {
      LOG.atDebug().setCause(e).log("parked jobs not counted");
      counts.clear();
    }
    return counts;
  }
}
