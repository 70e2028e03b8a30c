package io.sluice.worker.retry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.metadata.time.DatabaseClock;
import io.sluice.model.job.Job;
import io.sluice.queue.produce.DeadLetter;
import io.sluice.queue.produce.DeadLetterTopic;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Keeps a letter for each job that is parked: first the row, which is the truth, then word of it on the
/// topic. The letter is open as long as the job is parked; the job itself is tried for ever.
@Component
public class DeadLetters {

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  /// Whether it is new: xmax is 0 in a row that was inserted, not updated.
  private static final String PARK =
      """
      insert into dead_letters (job_type, upload_id, part, cause, detail, attempts, first_failed_at)
      values (:jobType, :uploadId, :part, :cause, :detail, :attempts, coalesce(:firstFailedAt, now()))
      on conflict (upload_id, job_type, coalesce(part, -1))
          where replayed_at is null and resolved_at is null and upload_id is not null
        do update set cause = excluded.cause, detail = excluded.detail, attempts = excluded.attempts,
          last_failed_at = now()
      returning xmax = 0
      """;

  private static final String RESOLVE =
      """
      update dead_letters set resolved_at = now()
      where upload_id = :upload and job_type = :jobType and coalesce(part, -1) = :part
        and replayed_at is null and resolved_at is null
      returning cause
      """;

  private static final String RESOLVE_ALL =
      """
      update dead_letters set resolved_at = now()
      where upload_id = :upload and replayed_at is null and resolved_at is null
      """;

  private static final String INSERT_UNREADABLE =
      """
      insert into dead_letters (job_type, cause, detail, attempts, payload, first_failed_at)
      values ('UNREADABLE', :cause, :detail, :attempts, :payload, coalesce(:firstFailedAt, now()))
      """;

  private final JdbcClient jdbc;
  private final DeadLetterTopic topic;
  private final DatabaseClock clock;
  private final Map<ParkCause, Counter> counters = new EnumMap<>(ParkCause.class);

  DeadLetters(JdbcClient jdbc, DeadLetterTopic topic, DatabaseClock clock, MeterRegistry meters) {
    this.jdbc = jdbc;
    this.topic = topic;
    this.clock = clock;
    for (ParkCause cause : ParkCause.values()) {
      counters.put(
          cause,
          Counter.builder("dead_letters_total")
              .description("Jobs parked")
              .tag("cause", cause.wire())
              .register(meters));
    }
  }

  /// A job that is parked.
  ///
  /// @param attempts rounds it had
  public record Parked(
      Job job, ParkCause cause, String detail, int attempts, @Nullable Instant firstFailedAt) {}

  /// Writes the row, within the caller's transaction, or brings the open one up to date.
  ///
  /// @return whether it was not parked before, and people are to be told after the commit
  public boolean park(Parked letter) {
    return jdbc.sql(PARK)
        .param("jobType", typeOf(letter.job()))
        .param("uploadId", letter.job().uploadId())
        .param("part", letter.job() instanceof Job.StorePart storePart ? storePart.part() : null)
        .param("cause", letter.cause().wire())
        .param("detail", letter.detail())
        .param("attempts", letter.attempts())
        .param("firstFailedAt", utc(letter.firstFailedAt()))
        .query(Boolean.class)
        .single();
  }

  /// Tells people and alerts, after the commit. A letter that does not get through is in the row.
  public void tell(Parked letter) {
    counted(letter.cause());
    LOG.atError()
        .addKeyValue("job_type", typeOf(letter.job()))
        .addKeyValue("upload_id", letter.job().uploadId())
        .addKeyValue("cause", letter.cause().wire())
        .addKeyValue("attempts", letter.attempts())
        .addKeyValue("detail", letter.detail())
        .log("job parked, tried again for ever");
    topic.publish(
        DeadLetter.ofJob(
            letter.job(),
            letter.cause().wire(),
            letter.detail(),
            letter.attempts(),
            letter.firstFailedAt(),
            clock.now()));
  }

  /// A job succeeded that may have been parked; within the caller's transaction.
  ///
  /// @return why it had been parked; empty if it had not
  public Optional<String> resolve(Job job) {
    return jdbc.sql(RESOLVE)
        .param("jobType", typeOf(job))
        .param("upload", job.uploadId())
        .param("part", job instanceof Job.StorePart storePart ? storePart.part() : -1)
        .query(String.class)
        .optional();
  }

  /// An upload is gone with every byte, so no job of it is left to be done.
  public void resolveAll(UUID upload) {
    jdbc.sql(RESOLVE_ALL).param("upload", upload).update();
  }

  /// Keeps a message that is no job.
  public void keepUnreadable(DeadLetter letter) {
    byte[] payload =
        letter.payloadBase64() == null ? null : Base64.getDecoder().decode(letter.payloadBase64());
    jdbc.sql(INSERT_UNREADABLE)
        .param("cause", ParkCause.UNREADABLE_MESSAGE.wire())
        .param("detail", letter.detail())
        .param("attempts", letter.attempts())
        .param("payload", payload)
        .param("firstFailedAt", utc(letter.firstFailedAt()))
        .update();
    counted(ParkCause.UNREADABLE_MESSAGE);
    LOG.atError().addKeyValue("detail", letter.detail()).log("unreadable message");
    topic.publish(letter);
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }

  private void counted(ParkCause cause) {
    Counter counter = counters.get(cause);
    if (counter != null) {
      counter.increment();
    }
  }

  private static String typeOf(Job job) {
    return switch (job) {
      case Job.StorePart storePart -> "STORE_PART";
      case Job.FinalizeUpload finalizeUpload -> "FINALIZE_UPLOAD";
      case Job.PurgeUpload purgeUpload -> "PURGE_UPLOAD";
    };
  }
}
