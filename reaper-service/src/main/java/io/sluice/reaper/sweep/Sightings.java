package io.sluice.reaper.sweep;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Remembers since when bytes have been without an owner, by the database's clock.
///
/// The times that file systems and stores give are not used: a file written a moment ago by a machine
/// whose clock is a day behind would look a day old. Bytes that have grown since are being written and
/// count as seen for the first time, as do those of which the rows now say something else.
///
/// Time in which nobody looked does not count: neither that of a reaper that was away, nor what the
/// database's clock leapt over.
@Component
final class Sightings {

  /// In order of key, so that two sweepers never wait for each other in a circle; each key once, however
  /// often a listing showed it.
  private static final String SEE =
      """
      insert into orphan_sightings as known (place, key, size_bytes, unknown, grace_seconds)
      select cast(:place as text), seen.key, max(seen.size_bytes), bool_or(seen.unknown),
        case when bool_or(seen.unknown) then cast(:unknownGraceSeconds as int)
             else cast(:graceSeconds as int) end
      from unnest(cast(:keys as text[]), cast(:sizes as bigint[]), cast(:unknown as boolean[]))
        as seen(key, size_bytes, unknown)
      group by seen.key order by seen.key
      on conflict (place, key) do update set
        first_seen_at = case
            when known.size_bytes = excluded.size_bytes and known.unknown = excluded.unknown
            then known.first_seen_at + greatest(interval '0', now() - known.last_seen_at
                   - make_interval(secs => cast(:longestSeconds as int)))
            else now() end,
        size_bytes = excluded.size_bytes,
        unknown = excluded.unknown,
        grace_seconds = excluded.grace_seconds,
        last_seen_at = now()
      returning key, first_seen_at <= now() - make_interval(secs => grace_seconds) as ripe
      """;

  private static final String FORGET =
      "delete from orphan_sightings where place = :place and key = any(cast(:keys as text[]))";

  private static final String FORGET_UNSEEN =
      """
      delete from orphan_sightings
      where place = :place and last_seen_at < cast(:since as timestamptz)
      """;

  /// Bytes that no row needs.
  record Orphan(String key, long sizeBytes) {}

  /// Bytes that no row needs, and whether their upload has a row at all.
  record Sighting(Orphan orphan, boolean unknown) {}

  private record Seen(String key, boolean ripe) {}

  private final JdbcClient jdbc;
  private final int graceSeconds;
  private final int unknownGraceSeconds;
  private final int longestSeconds;

  Sightings(JdbcClient jdbc, SweepSettings settings, SweepSettings.CommitWindow window) {
    this.jdbc = jdbc;
    this.graceSeconds = settings.graceSeconds(window);
    this.unknownGraceSeconds = settings.unknownGraceSeconds();
    this.longestSeconds = Math.toIntExact(settings.longestBetweenLooks().toSeconds());
  }

  /// The database's time, to be asked for before a sweep.
  OffsetDateTime now() {
    return jdbc.sql("select now()").query(OffsetDateTime.class).single();
  }

  /// Writes down that these were seen.
  ///
  /// @return the keys of those seen first their grace period ago or earlier, and unchanged since
  Set<String> see(Place place, Collection<Sighting> sightings) {
    if (sightings.isEmpty()) {
      return Set.of();
    }
    List<Orphan> all = sightings.stream().map(Sighting::orphan).toList();
    boolean[] unknown = new boolean[all.size()];
    int next = 0;
    for (Sighting sighting : sightings) {
      unknown[next++] = sighting.unknown();
    }
    return jdbc
        .sql(SEE)
        .param("place", place.name())
        .param("keys", all.stream().map(Orphan::key).toArray(String[]::new))
        .param("sizes", all.stream().mapToLong(Orphan::sizeBytes).toArray())
        .param("unknown", unknown)
        .param("graceSeconds", graceSeconds)
        .param("unknownGraceSeconds", unknownGraceSeconds)
        .param("longestSeconds", longestSeconds)
        .query((row, number) -> new Seen(row.getString("key"), row.getBoolean("ripe")))
        .list()
        .stream()
        .filter(Seen::ripe)
        .map(Seen::key)
        .collect(Collectors.toSet());
  }

  /// These are gone.
  void forget(Place place, Collection<String> keys) {
    if (!keys.isEmpty()) {
      jdbc.sql(FORGET)
          .param("place", place.name())
          .param("keys", keys.toArray(String[]::new))
          .update();
    }
  }

  /// A complete sweep that began at this time did not see them: they are gone, or have an owner.
  void forgetUnseenSince(Place place, OffsetDateTime since) {
    jdbc.sql(FORGET_UNSEEN).param("place", place.name()).param("since", since).update();
  }
}
