package io.sluice.gateway.file;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Lists files, newest first, by keyset: ids are time-ordered, so the cursor is the last id shown and a
/// page costs the same however many files there are and whatever is added meanwhile.
@Repository
class FileListing {

  /// With a prefix that matches no more files than this, they are found by name and sorted.
  private static final int FEW = 2_000;

  /// With a prefix that matches more, files are looked at in order of time; no more than this for one
  /// page, so a page may come short, or empty, and still have a cursor.
  private static final int LOOKED_AT = 20_000;

  private static final String FILES =
      """
      from uploads
      where owner_id = :ownerId and listed_at is not null and status in ('COMPLETING', 'COMPLETED')
      """;

  private static final String COLUMNS =
      "select id, file_name, file_size_bytes, content_type, sha256, etag, listed_at ";

  static final String NEWEST = COLUMNS + FILES + "and id < :before order by id desc limit :limit";

  /// The range operators compare bytes, as the index does; LIKE with a parameter could not use it.
  private static final String NAMED = "and file_name ~>=~ :prefix and file_name ~<~ :prefixEnd ";

  static final String BY_NAME =
      COLUMNS + "from (" + COLUMNS + FILES + NAMED + "limit :few) named where id < :before";

  static final String COUNT_NAMED =
      "select count(*) from (select 1 " + FILES + NAMED + "limit :few) named";

  static final String BY_TIME =
      COLUMNS
          + ", named from ("
          + COLUMNS
          + ", file_name ~>=~ :prefix and file_name ~<~ :prefixEnd as named "
          + FILES
          + "and id < :before order by id desc limit :lookedAt) looked order by id desc";

  private static final UUID AFTER_ALL = new UUID(-1, -1);
  private static final RowMapper<Item> ITEM = (row, number) -> item(row);

  /// One file in a list.
  record Item(
      UUID fileId,
      String filename,
      long size,
      String contentType,
      @Nullable String sha256,
      @Nullable String etag,
      Instant uploadedAt) {}

  /// One page of a list.
  ///
  /// @param next the id to go on before, or null at the end
  record Page(List<Item> items, @Nullable UUID next) {}

  private final JdbcClient jdbc;

  FileListing(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Page page(String ownerId, @Nullable String namePrefix, @Nullable UUID before, int limit) {
    UUID start = before == null ? AFTER_ALL : before;
    if (namePrefix == null || namePrefix.isEmpty()) {
      List<Item> items =
          jdbc.sql(NEWEST)
              .param("ownerId", ownerId)
              .param("before", start)
              .param("limit", limit + 1)
              .query(ITEM)
              .list();
      return cut(items, limit);
    }
    int matches =
        named(COUNT_NAMED, ownerId, namePrefix).param("few", FEW + 1).query(Integer.class).single();
    return matches <= FEW
        ? byName(ownerId, namePrefix, start, limit)
        : byTime(ownerId, namePrefix, start, limit);
  }

  private Page byName(String ownerId, String prefix, UUID start, int limit) {
    List<Item> items =
        named(BY_NAME, ownerId, prefix)
            .param("before", start)
            .param("few", FEW + 1)
            .query(ITEM)
            .list()
            .stream()
            .sorted(Comparator.comparing((Item item) -> item.fileId().toString()).reversed())
            .limit(limit + 1L)
            .toList();
    return cut(items, limit);
  }

  private Page byTime(String ownerId, String prefix, UUID start, int limit) {
    record Looked(Item item, boolean named) {}
    List<Item> found = new ArrayList<>();
    int looked = 0;
    UUID last = start;
    try (var rows =
        named(BY_TIME, ownerId, prefix)
            .param("before", start)
            .param("lookedAt", LOOKED_AT)
            .query((row, number) -> new Looked(item(row), row.getBoolean("named")))
            .stream()) {
      var each = rows.iterator();
      while (each.hasNext()) {
        Looked next = each.next();
        if (next.named() && found.size() == limit) {
          return new Page(found, last);
        }
        looked++;
        last = next.item().fileId();
        if (next.named()) {
          found.add(next.item());
        }
      }
    }
    return new Page(found, looked == LOOKED_AT ? last : null);
  }

  private JdbcClient.StatementSpec named(String sql, String ownerId, String prefix) {
    return jdbc.sql(sql)
        .param("ownerId", ownerId)
        .param("prefix", prefix)
        .param("prefixEnd", prefix + Character.toString(Character.MAX_CODE_POINT));
  }

  private static Page cut(List<Item> items, int limit) {
    return items.size() <= limit
        ? new Page(items, null)
        : new Page(items.subList(0, limit), items.get(limit - 1).fileId());
  }

  private static Item item(ResultSet row) throws SQLException {
    return new Item(
        row.getObject("id", UUID.class),
        row.getString("file_name"),
        row.getLong("file_size_bytes"),
        row.getString("content_type"),
        row.getString("sha256"),
        row.getString("etag"),
        row.getObject("listed_at", OffsetDateTime.class).toInstant());
  }
}
