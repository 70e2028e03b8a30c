package io.sluice.reaper.sweep;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Shows which sweeps are stopped, in every process the same: whoever scrapes one that does not sweep, or
/// did so long ago, would be told what was.
@Component
final class BrakeGauges implements MeterBinder {

  private static final Logger LOG = LoggerFactory.getLogger(BrakeGauges.class);
  private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

  private final JdbcClient jdbc;
  private Set<String> stopped = Set.of();
  private long askedAt = System.nanoTime() - FRESH_NANOS;

  BrakeGauges(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    for (Place place : Place.values()) {
      Gauge.builder("reaper.sweep.brake", () -> isStopped(place) ? 1 : 0)
          .description("Whether a sweep would remove too much and waits to be told")
          .tag("place", place.wire())
          .register(meters);
    }
  }

  /// As of a few seconds ago, or of the last time that PostgreSQL answered.
  private synchronized boolean isStopped(Place place) {
    if (System.nanoTime() - askedAt >= FRESH_NANOS) {
      askedAt = System.nanoTime();
      try {
        stopped = Set.copyOf(jdbc.sql("select place from sweep_brakes").query(String.class).list());
      } catch (DataAccessException e) {
        LOG.debug("brakes unknown", e);
      }
    }
    return stopped.contains(place.name());
  }
}
