package io.sluice.reaper.requeue;

import io.sluice.model.job.Lane;
import io.sluice.queue.backlog.LaneBacklog;
import io.sluice.queue.backlog.QueueBacklog;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Draws the line between jobs that wait and jobs that are lost.
///
/// A lane is worked off about in order, so what was enqueued well before the oldest job that still waits
/// is not there any more; an hour of honest backlog moves the line back by an hour. The database is asked
/// for the time first and Kafka second: if this process is frozen in between, the line lies too far back,
/// never too far forward.
@Component
final class LostBefore {

  private static final Logger LOG = LoggerFactory.getLogger(LostBefore.class);

  private final JdbcClient jdbc;
  private final QueueBacklog backlog;
  private final int lostAfterSeconds;

  LostBefore(JdbcClient jdbc, QueueBacklog backlog, RequeueSettings settings) {
    this.jdbc = jdbc;
    this.backlog = backlog;
    this.lostAfterSeconds = settings.lostAfterSeconds();
  }

  /// What was enqueued before this time is lost; empty if Kafka does not say.
  Optional<Instant> in(Lane lane) {
    Instant asked =
        jdbc.sql("select clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
    return switch (backlog.read(lane)) {
      case LaneBacklog.Known known -> Optional.of(line(asked, known));
      case LaneBacklog.Unknown unknown -> {
        LOG.atWarn()
            .addKeyValue("lane", lane)
            .addKeyValue("cause", unknown.cause())
            .log("backlog unknown, nothing counts as lost");
        yield Optional.empty();
      }
    };
  }

  private Instant line(Instant asked, LaneBacklog.Known known) {
    Instant oldest = known.oldestEnqueuedAt();
    Instant from = oldest == null || oldest.isAfter(asked) ? asked : oldest;
    return from.minusSeconds(lostAfterSeconds);
  }
}
