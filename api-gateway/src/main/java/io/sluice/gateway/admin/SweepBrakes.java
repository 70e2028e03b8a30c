package io.sluice.gateway.admin;

import io.sluice.gateway.problem.ProblemException;
import io.sluice.model.problem.ProblemCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The sweeps that would remove too much and wait to be told.
@Component
final class SweepBrakes {

  private static final String ALL =
      """
      select place, would_remove, seen, since, confirmed_at, confirmed_by from sweep_brakes
      order by place
      """;

  private static final String ONE = "select would_remove from sweep_brakes where place = :place";

  /// 0 rows: there is none, or it counts another number now. Confirmed twice, the first one did it,
  /// unless that is an hour ago: then no pass goes by it any more.
  private static final String CONFIRM =
      """
      update sweep_brakes
      set confirmed_by = case when confirmed_at > now() - interval '1 hour' then confirmed_by
                              else cast(:by as text) end,
          confirmed_at = case when confirmed_at > now() - interval '1 hour' then confirmed_at
                              else now() end
      where place = :place and would_remove = :number
      returning place, would_remove, seen, since, confirmed_at, confirmed_by
      """;

  /// A sweep that is stopped.
  ///
  /// @param seen how many entries there were
  /// @param confirmedAt the next pass goes by it
  record Brake(
      String place,
      long wouldRemove,
      long seen,
      Instant since,
      @Nullable Instant confirmedAt,
      @Nullable String confirmedBy) {}

  record Answer(List<Brake> items) {
    Answer {
      items = List.copyOf(items);
    }
  }

  private final JdbcClient jdbc;

  SweepBrakes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Answer all() {
    return new Answer(jdbc.sql(ALL).query((row, number) -> brake(row)).list());
  }

  /// Lets the next pass remove as many as this.
  ///
  /// @throws ProblemException 404: no sweep of that place is stopped; 409: it is another number by now
  Brake confirm(SweptPlace place, long number, String by) {
    return jdbc.sql(CONFIRM)
        .param("place", place.name())
        .param("number", number)
        .param("by", by)
        .query((row, index) -> brake(row))
        .optional()
        .orElseThrow(() -> changed(place));
  }

  private ProblemException changed(SweptPlace place) {
    Optional<Long> now = jdbc.sql(ONE).param("place", place.name()).query(Long.class).optional();
    return now.map(number ->
            new ProblemException(
                ProblemCode.SWEEP_CHANGED, "The sweep would remove " + number + " by now."))
        .orElseGet(ProblemException::notFound);
  }

  private static Brake brake(ResultSet row) throws SQLException {
    OffsetDateTime confirmedAt = row.getObject("confirmed_at", OffsetDateTime.class);
    return new Brake(
        SweptPlace.valueOf(row.getString("place")).wire(),
        row.getLong("would_remove"),
        row.getLong("seen"),
        row.getObject("since", OffsetDateTime.class).toInstant(),
        confirmedAt == null ? null : confirmedAt.toInstant(),
        row.getString("confirmed_by"));
  }
}
