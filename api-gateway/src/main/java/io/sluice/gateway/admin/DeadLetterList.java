package io.sluice.gateway.admin;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The jobs that are or were parked, last failed first, page by page.
@Component
final class DeadLetterList {

  private static final String PAGE =
      """
      select id, job_type, upload_id, part, cause, detail, attempts, payload, first_failed_at,
          last_failed_at, replayed_at, resolved_at
      from dead_letters
      where (cast(:replayed as boolean) is null
          or case when cast(:replayed as boolean) then replayed_at is not null
                  else replayed_at is null and resolved_at is null end)
        and (cast(:at as timestamptz) is null
          or (last_failed_at, id) < (cast(:at as timestamptz), cast(:id as uuid)))
      order by last_failed_at desc, id desc
      limit :rows
      """;

  /// One job that was parked.
  ///
  /// @param part which part of the upload; of STORE_PART only
  /// @param resolvedAt since when there is nothing left to be done of it
  /// @param payloadBase64 the message as it came; of UNREADABLE only
  record Item(
      UUID id,
      String jobType,
      @Nullable UUID uploadId,
      @Nullable Integer part,
      String cause,
      @Nullable String detail,
      int attempts,
      @Nullable String payloadBase64,
      Instant firstFailedAt,
      Instant lastFailedAt,
      @Nullable Instant replayedAt,
      @Nullable Instant resolvedAt) {}

  record Page(List<Item> items, @Nullable String nextCursor) {
    Page {
      items = List.copyOf(items);
    }
  }

  private final JdbcClient jdbc;

  DeadLetterList(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// @param replayed true: those somebody asked for again; false: those still open; empty: all
  Page page(Optional<Boolean> replayed, Optional<DeadLetterCursor> after, int limit) {
    List<Item> items =
        jdbc.sql(PAGE)
            .param("replayed", replayed.orElse(null))
            .param(
                "at", after.map(last -> last.lastFailedAt().atOffset(ZoneOffset.UTC)).orElse(null))
            .param("id", after.map(DeadLetterCursor::id).orElse(null))
            .param("rows", limit + 1)
            .query((row, number) -> item(row))
            .list();
    // One row more than asked for says whether there is a next page.
    if (items.size() <= limit) {
      return new Page(items, null);
    }
    Item last = items.get(limit - 1);
    return new Page(
        items.subList(0, limit), new DeadLetterCursor(last.lastFailedAt(), last.id()).write());
  }

  private static Item item(ResultSet row) throws SQLException {
    return new Item(
        row.getObject("id", UUID.class),
        row.getString("job_type"),
        row.getObject("upload_id", UUID.class),
        row.getObject("part", Integer.class),
        row.getString("cause"),
        row.getString("detail"),
        row.getInt("attempts"),
        base64(row.getBytes("payload")),
        row.getObject("first_failed_at", OffsetDateTime.class).toInstant(),
        row.getObject("last_failed_at", OffsetDateTime.class).toInstant(),
        instant(row.getObject("replayed_at", OffsetDateTime.class)),
        instant(row.getObject("resolved_at", OffsetDateTime.class)));
  }

  private static @Nullable String base64(byte @Nullable [] bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
