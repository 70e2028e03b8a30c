package io.sluice.gateway.admin;

import io.sluice.metadata.time.DatabaseClock;
import io.sluice.model.job.Lane;
import io.sluice.queue.backlog.LaneBacklog;
import io.sluice.queue.backlog.LaneFlow;
import io.sluice.queue.backlog.LaneMembers;
import io.sluice.queue.backlog.QueueBacklog;
import io.sluice.queue.backlog.QueueFlow;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Asks Kafka and the database how the queue stands now, and remembers how fast it has been.
@Component
final class QueueStatus {

  /// Each reads an index that holds nothing else.
  private static final String COUNTS =
      """
      select
        (select count(*) from chunks
          where status = 'STAGED' and enqueued_at is null and next_attempt_at is null) as waiting,
        (select count(*) from chunks
          where status = 'STAGED' and next_attempt_at is not null) as retrying,
        (select count(*) from dead_letters
          where replayed_at is null and resolved_at is null) as dead_letters,
        (select count(*) from chunks where status = 'DAMAGED') as damaged
      """;

  private static final String PARKED =
      """
      select cause, count(*) as jobs, min(first_failed_at) as since,
          (array_agg(detail order by last_failed_at desc))[1] as latest
      from dead_letters where replayed_at is null and resolved_at is null
      group by cause order by cause
      """;

  private record Counts(long waiting, long retrying, long deadLetters, long damaged) {}

  private final QueueBacklog backlog;
  private final QueueFlow flow;
  private final JdbcClient jdbc;
  private final DatabaseClock clock;

  QueueStatus(QueueBacklog backlog, QueueFlow flow, JdbcClient jdbc, DatabaseClock clock) {
    this.backlog = backlog;
    this.flow = flow;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  QueueAnswer now() {
    Counts counts =
        jdbc.sql(COUNTS)
            .query((row, number) ->
                new Counts(
                    row.getLong("waiting"),
                    row.getLong("retrying"),
                    row.getLong("dead_letters"),
                    row.getLong("damaged")))
            .single();
    Map<Lane, Optional<LaneMembers>> members = new EnumMap<>(Lane.class);
    List<QueueAnswer.Lane> lanes =
        Arrays.stream(Lane.values())
            .map(lane -> lane(lane, members.computeIfAbsent(lane, backlog::members)))
            .toList();
    OptionalInt workers =
        members.values().stream().flatMap(Optional::stream).mapToInt(LaneMembers::workers).max();
    OptionalInt recommended = flow.recommendedWorkers();
    return new QueueAnswer(
        lanes,
        counts.waiting(),
        counts.retrying(),
        counts.deadLetters(),
        counts.deadLetters() == 0 ? List.of() : parked(),
        counts.damaged(),
        drainSeconds(),
        workers.isPresent() ? workers.getAsInt() : null,
        recommended.isPresent() ? recommended.getAsInt() : null);
  }

  private List<QueueAnswer.Parked> parked() {
    return jdbc.sql(PARKED)
        .query((row, number) ->
            new QueueAnswer.Parked(
                row.getString("cause"),
                row.getLong("jobs"),
                row.getObject("since", OffsetDateTime.class).toInstant(),
                row.getString("latest")))
        .list();
  }

  private QueueAnswer.Lane lane(Lane lane, Optional<LaneMembers> members) {
    LaneBacklog.@Nullable Known known =
        backlog.read(lane) instanceof LaneBacklog.Known answer ? answer : null;
    Optional<LaneFlow> seen = flow.of(lane);
    return new QueueAnswer.Lane(
        lane.name().toLowerCase(Locale.ROOT),
        known == null ? null : (Long) known.records(),
        known == null ? null : (Double) lagSeconds(known.oldestEnqueuedAt()),
        seen.map(LaneFlow::arrivalsPerSecond).orElse(null),
        seen.map(LaneFlow::donePerSecond).orElse(null),
        members.map(LaneMembers::slots).orElse(null));
  }

  private double lagSeconds(@Nullable Instant oldest) {
    return oldest == null ? 0 : Math.max(0, Duration.between(oldest, clock.now()).toMillis() / 1e3);
  }

  /// Null as soon as one lane does not say.
  private @Nullable Double drainSeconds() {
    double longest = 0;
    for (Lane lane : Lane.values()) {
      OptionalDouble seconds =
          flow.of(lane).map(LaneFlow::drainSeconds).orElse(OptionalDouble.empty());
      if (seconds.isEmpty()) {
        return null;
      }
      longest = Math.max(longest, seconds.getAsDouble());
    }
    return longest;
  }
}
