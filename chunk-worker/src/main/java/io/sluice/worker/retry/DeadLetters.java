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
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Keeps what was given up: first the row, which is the truth, then word of it on the topic.
@Component
public class DeadLetters {

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  private static final String INSERT =
      """
      insert into dead_letters (job_type, upload_id, part, cause, detail, attempts, payload, first_failed_at)
      values (:jobType, :uploadId, :part, :cause, :detail, :attempts, :payload, coalesce(:firstFailedAt, now()))
      """;

  private final JdbcClient jdbc;
  private final DeadLetterTopic topic;
  private final DatabaseClock clock;
  private final Map<GiveUpCause, Counter> counters = new EnumMap<>(GiveUpCause.class);

  DeadLetters(JdbcClient jdbc, DeadLetterTopic topic, DatabaseClock clock, MeterRegistry meters) {
    this.jdbc = jdbc;
    this.topic = topic;
    this.clock = clock;
    for (GiveUpCause cause : GiveUpCause.values()) {
      counters.put(
          cause,
          Counter.builder("dead_letters_total")
              .description("Jobs given up")
              .tag("cause", cause.wire())
              .register(meters));
    }
  }

  /// A job that was given up.
  ///
  /// @param attempts rounds it had
  public record GivenUp(
      Job job, GiveUpCause cause, String detail, int attempts, @Nullable Instant firstFailedAt) {}

  /// Writes the row, within the caller's transaction.
  public void insert(GivenUp letter) {
    Integer part = letter.job() instanceof Job.StorePart storePart ? storePart.part() : null;
    insert(
        typeOf(letter.job()),
        letter.job().uploadId(),
        part,
        letter.cause(),
        letter.detail(),
        letter.attempts(),
        null,
        letter.firstFailedAt());
  }

  /// Tells people and alerts, after the commit. A letter that does not get through is in the row.
  public void tell(GivenUp letter) {
    counted(letter.cause());
    LOG.atError()
        .addKeyValue("job_type", typeOf(letter.job()))
        .addKeyValue("upload_id", letter.job().uploadId())
        .addKeyValue("cause", letter.cause().wire())
        .addKeyValue("attempts", letter.attempts())
        .addKeyValue("detail", letter.detail())
        .log("job given up");
    topic.publish(
        DeadLetter.ofJob(
            letter.job(),
            letter.cause().wire(),
            letter.detail(),
            letter.attempts(),
            letter.firstFailedAt(),
            clock.now()));
  }

  /// Keeps a message that is no job.
  public void keepUnreadable(DeadLetter letter) {
    byte[] payload =
        letter.payloadBase64() == null ? null : Base64.getDecoder().decode(letter.payloadBase64());
    insert(
        "UNREADABLE",
        null,
        null,
        GiveUpCause.UNREADABLE_MESSAGE,
        letter.detail(),
        letter.attempts(),
        payload,
        letter.firstFailedAt());
    counted(GiveUpCause.UNREADABLE_MESSAGE);
    LOG.atError().addKeyValue("detail", letter.detail()).log("unreadable message");
    topic.publish(letter);
  }

  private void insert(
      String jobType,
      @Nullable UUID uploadId,
      @Nullable Integer part,
      GiveUpCause cause,
      String detail,
      int attempts,
      byte @Nullable [] payload,
      @Nullable Instant firstFailedAt) {
    OffsetDateTime first = firstFailedAt == null ? null : firstFailedAt.atOffset(ZoneOffset.UTC);
    jdbc.sql(INSERT)
        .param("jobType", jobType)
        .param("uploadId", uploadId)
        .param("part", part)
        .param("cause", cause.wire())
        .param("detail", detail)
        .param("attempts", attempts)
        .param("payload", payload)
        .param("firstFailedAt", first)
        .update();
  }

  private void counted(GiveUpCause cause) {
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
