package io.sluice.gateway.admin;

import io.sluice.gateway.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The time before which no service removes anything from any place, so that somebody can copy the places
/// and the database one after the other.
///
/// It is a time and not a switch: a backup that dies holds nothing for ever.
@Component
final class BackupHold {

  /// Longer than any service believes what it read of the hold, and than the removals it had begun before.
  static final int EFFECTIVE_AFTER_SECONDS = 5;

  private static final int MAX_SECONDS = 86_400;

  /// What was there before is told too: who renews a hold learns whether it had a gap.
  private static final String HOLD =
      """
      with before as (
        select removals_held_until, removals_held_until > clock_timestamp() as held
        from deployment for update)
      update deployment
      set removals_held_until =
          greatest(before.removals_held_until, clock_timestamp() + make_interval(secs => :seconds))
      from before
      returning deployment.removals_held_until, coalesce(before.held, false) as was_held
      """;

  private static final String END =
      """
      with before as (
        select removals_held_until > clock_timestamp() as held from deployment for update)
      update deployment set removals_held_until = null from before
      returning deployment.removals_held_until, coalesce(before.held, false) as was_held
      """;

  /// The body as it came.
  record HoldRequest(@Nullable Integer seconds) {}

  /// How the hold stands.
  ///
  /// @param heldUntil null: nothing is held any more
  /// @param wasHeld whether it was in force when this was asked for
  /// @param effectiveAfterSeconds after this long every service acts by it
  record HoldAnswer(@Nullable Instant heldUntil, boolean wasHeld, int effectiveAfterSeconds) {}

  private final JdbcClient jdbc;

  BackupHold(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Holds, or goes on holding; never for a shorter time than was asked for before.
  ///
  /// @throws ProblemException 422
  HoldAnswer hold(HoldRequest request) {
    Integer seconds = request.seconds();
    if (seconds == null || seconds < 1 || seconds > MAX_SECONDS) {
      throw ProblemException.invalid("seconds", "must be a number from 1 to " + MAX_SECONDS);
    }
    return jdbc.sql(HOLD).param("seconds", seconds).query(BackupHold::answer).single();
  }

  /// Ends it, whoever began it.
  HoldAnswer end() {
    return jdbc.sql(END).query(BackupHold::answer).single();
  }

  private static HoldAnswer answer(ResultSet row, int number) throws SQLException {
    OffsetDateTime until = row.getObject("removals_held_until", OffsetDateTime.class);
    return new HoldAnswer(
        until == null ? null : until.toInstant(),
        row.getBoolean("was_held"),
        EFFECTIVE_AFTER_SECONDS);
  }
}
