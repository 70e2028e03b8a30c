package io.sluice.queue.produce;

import io.sluice.model.job.Job;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Something given up on, told to people and alerts. The truth is the row in PostgreSQL.
///
/// @param cause a word from a closed set, the same as in the row and the metric
/// @param detail what happened last, for people; cut to a bounded length
/// @param job the job, or null if the message could not be read
/// @param attempts how often it was tried
/// @param firstFailedAt null if not known
/// @param payloadBase64 the first bytes of a message that could not be read, else null
public record DeadLetter(
    String cause,
    String detail,
    @Nullable Job job,
    int attempts,
    @Nullable Instant firstFailedAt,
    Instant lastFailedAt,
    @Nullable String payloadBase64) {

  private static final int LONGEST_PAYLOAD_BYTES = 1024;
  private static final int LONGEST_DETAIL_CHARACTERS = 1024;

  public DeadLetter {
    detail = detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL_CHARACTERS));
  }

  /// A job that was tried too often or can never work.
  public static DeadLetter ofJob(
      Job job,
      String cause,
      String detail,
      int attempts,
      @Nullable Instant firstFailedAt,
      Instant lastFailedAt) {
    return new DeadLetter(cause, detail, job, attempts, firstFailedAt, lastFailedAt, null);
  }

  /// A message that is no job. Of its bytes the first 1,024 are kept.
  public static DeadLetter ofUnreadable(byte[] payload, String why, Instant readAt) {
    byte[] kept = Arrays.copyOf(payload, Math.min(payload.length, LONGEST_PAYLOAD_BYTES));
    return new DeadLetter(
        "unreadable_message",
        why,
        null,
        1,
        readAt,
        readAt,
        Base64.getEncoder().encodeToString(kept));
  }
}
