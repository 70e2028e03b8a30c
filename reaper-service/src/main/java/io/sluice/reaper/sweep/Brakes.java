package io.sluice.reaper.sweep;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Stops a sweep that would remove far more than ever becomes garbage by itself: then it is the rows that
/// are missing, and not the bytes that are too many. An administrator may confirm the number.
@Component
final class Brakes {

  private static final Logger LOG = LoggerFactory.getLogger(Brakes.class);

  private static final String RELEASE = "delete from sweep_brakes where place = :place";

  /// 0 rows: nobody has confirmed, or that was for a pass that never came. Who gets the row uses the
  /// confirmation up; others brake again.
  private static final String USE_UP =
      """
      delete from sweep_brakes where place = :place and confirmed_at > now() - make_interval(secs => :fresh)
      returning would_remove
      """;

  /// Leaves alone what was confirmed just now: the next pass goes by it. A confirmation that is old is taken
  /// back: what it was about may be another number of other entries by now.
  private static final String BRAKE =
      """
      insert into sweep_brakes as known (place, would_remove, seen) values (:place, :due, :seen)
      on conflict (place) do update
      set would_remove = excluded.would_remove, seen = excluded.seen, confirmed_at = null,
        confirmed_by = null
      where known.confirmed_at is null or known.confirmed_at <= now() - make_interval(secs => :fresh)
      """;

  private final JdbcClient jdbc;
  private final SweepSettings settings;

  Brakes(JdbcClient jdbc, SweepSettings settings) {
    this.jdbc = jdbc;
    this.settings = settings;
  }

  /// How many entries a pass may remove.
  ///
  /// @param due as many as it would remove
  /// @param seen as many as there are
  long allowed(Place place, long due, long seen) {
    long most = settings.mostRemoved(seen);
    if (due <= most) {
      jdbc.sql(RELEASE).param("place", place.name()).update();
      return most;
    }
    Optional<Long> confirmed =
        jdbc.sql(USE_UP)
            .param("place", place.name())
            .param("fresh", settings.confirmationSeconds())
            .query(Long.class)
            .optional();
    if (confirmed.isEmpty()) {
      brake(place, due, seen, most);
      return 0;
    }
    LOG.atWarn()
        .addKeyValue("place", place.wire())
        .addKeyValue("would_remove", due)
        .addKeyValue("confirmed", confirmed.get())
        .log("a sweep removes what was confirmed");
    return Math.max(most, confirmed.get());
  }

  private void brake(Place place, long due, long seen, long most) {
    jdbc.sql(BRAKE)
        .param("place", place.name())
        .param("due", due)
        .param("seen", seen)
        .param("fresh", settings.confirmationSeconds())
        .update();
    LOG.atError()
        .addKeyValue("place", place.wire())
        .addKeyValue("would_remove", due)
        .addKeyValue("seen", seen)
        .addKeyValue("most", most)
        .log(
            "a sweep would remove too much and removes nothing: look at GET /v1/admin/unowned, see"
                + " whether the database lacks rows, then POST /v1/admin/sweeps/{place}/confirm");
  }
}
