package io.sluice.gateway.admin;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What the reaper saw without an owner and has not removed, by place and key, page by page.
@Component
final class UnownedList {

  private static final String PAGE =
      """
      select place, key, case when place = 'STAGING' then size_bytes end as size_bytes, unknown,
        first_seen_at, last_seen_at,
        first_seen_at + make_interval(secs => grace_seconds) as removable_at
      from orphan_sightings
      where (cast(:place as text) is null or place = cast(:place as text))
        and (cast(:afterPlace as text) is null
          or (place, key) > (cast(:afterPlace as text), cast(:afterKey as text)))
      order by place, key
      limit :rows
      """;

  /// Bytes that no row names.
  ///
  /// @param sizeBytes of staged bytes only
  /// @param unknown whether no row knows their upload at all
  /// @param removableAt from when on a sweep may remove them, if nothing changes and no brake holds it
  record Item(
      String place,
      String key,
      @Nullable Long sizeBytes,
      boolean unknown,
      Instant firstSeenAt,
      Instant lastSeenAt,
      Instant removableAt) {}

  record Page(List<Item> items, @Nullable String nextCursor) {
    Page {
      items = List.copyOf(items);
    }
  }

  private final JdbcClient jdbc;

  UnownedList(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Page page(Optional<SweptPlace> place, Optional<UnownedCursor> after, int limit) {
    List<Item> items =
        jdbc.sql(PAGE)
            .param("place", place.map(SweptPlace::name).orElse(null))
            .param("afterPlace", after.map(last -> last.place().name()).orElse(null))
            .param("afterKey", after.map(UnownedCursor::key).orElse(null))
            .param("rows", limit + 1)
            .query((row, number) -> item(row))
            .list();
    // One row more than asked for says whether there is a next page.
    if (items.size() <= limit) {
      return new Page(items, null);
    }
    Item last = items.get(limit - 1);
    return new Page(
        items.subList(0, limit),
        new UnownedCursor(SweptPlace.ofPath(last.place()), last.key()).write());
  }

  private static Item item(ResultSet row) throws SQLException {
    return new Item(
        SweptPlace.valueOf(row.getString("place")).wire(),
        row.getString("key"),
        row.getObject("size_bytes", Long.class),
        row.getBoolean("unknown"),
        row.getObject("first_seen_at", OffsetDateTime.class).toInstant(),
        row.getObject("last_seen_at", OffsetDateTime.class).toInstant(),
        row.getObject("removable_at", OffsetDateTime.class).toInstant());
  }
}
