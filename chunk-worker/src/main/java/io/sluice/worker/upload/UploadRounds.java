package io.sluice.worker.upload;

import io.sluice.model.upload.UploadStatus;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// When the finalise or purge job of an upload runs again. `next_attempt_at` in the future means that
/// nobody should begin it before: because it failed, or because somebody is at it.
@Component
public class UploadRounds {

  private static final String PUT_OFF =
      """
      update uploads
      set enqueued_at = null, next_attempt_at = now() + make_interval(secs => :seconds), last_error = :error
      where id = :id and status = any(cast(:statuses as text[]))
      """;

  private static final String TRY_LATER =
      """
      update uploads
      set attempts = attempts + 1, first_failed_at = coalesce(first_failed_at, now()), last_error = :error,
          enqueued_at = null, next_attempt_at = now() + make_interval(secs => :seconds)
      where id = :id and status = any(cast(:statuses as text[]))
      """;

  /// 0 rows: somebody is at it, it is not time yet, or it is not to be done any more.
  private static final String TAKE =
      """
      update uploads set enqueued_at = null, next_attempt_at = now() + make_interval(secs => :seconds)
      where id = :id and status = any(cast(:statuses as text[]))
        and (next_attempt_at is null or next_attempt_at <= now())
      """;

  private static final String EXTEND =
      """
      update uploads set next_attempt_at = now() + make_interval(secs => :seconds)
      where id = :id and status = any(cast(:statuses as text[])) and enqueued_at is null
      """;

  private final JdbcClient jdbc;

  UploadRounds(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Puts a job off without counting an attempt.
  public void putOff(UUID id, Collection<UploadStatus> statuses, Duration delay, String error) {
    bind(PUT_OFF, id, statuses, delay).param("error", error).update();
  }

  /// Counts an attempt and waits.
  ///
  /// @return whether it is still to be done
  public boolean tryLater(
      UUID id, Collection<UploadStatus> statuses, Duration delay, String error) {
    return bind(TRY_LATER, id, statuses, delay).param("error", error).update() == 1;
  }

  /// Takes the right to do a job for a while.
  public boolean take(UUID id, Collection<UploadStatus> statuses, Duration lease) {
    return bind(TAKE, id, statuses, lease).update() == 1;
  }

  /// Prolongs it, counted from now; a lease of nothing gives it back.
  public void extend(UUID id, Collection<UploadStatus> statuses, Duration lease) {
    bind(EXTEND, id, statuses, lease).update();
  }

  private JdbcClient.StatementSpec bind(
      String sql, UUID id, Collection<UploadStatus> statuses, Duration time) {
    return jdbc.sql(sql)
        .param("id", id)
        .param("statuses", statuses.stream().map(Enum::name).toArray(String[]::new))
        .param("seconds", time.toNanos() / 1e9);
  }
}
