package io.sluice.gateway.file;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
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
  static final int FEW = 10_000;

  /// With a prefix that matches more, files are looked at in order of time; no more than this for one
  /// page, so a page may come short, or empty, and still have a cursor.
  static final int LOOKED_AT = 10_000;

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

  /// In the index's order, or a scan of the table would look cheap where most files match.
  private static final String FIRST_FEW = NAMED + "order by file_name using ~<~ limit :few";

  /// Only the ids of all that match: the index alone knows them.
  static final String BY_NAME =
      COLUMNS
          + "from uploads where id = any (array(select id from (select id "
          + FILES
          + FIRST_FEW
          + ") named where id < :before order by id desc limit :limit)) order by id desc";

  static final String COUNT_NAMED =
      "select count(*) from (select 1 " + FILES + FIRST_FEW + ") named";

  /// How far one page looks; found first, so that a file deleted meanwhile hides no other.
  static final String FARTHEST =
      "select id " + FILES + "and id < :before order by id desc offset :lookedAt - 1 limit 1";

  static final String BY_TIME =
      COLUMNS
          + FILES
          + "and id < :before and id >= :farthest "
          + NAMED
          + "order by id desc limit :limit";

  private static final UUID BEFORE_ALL = new UUID(0, 0);
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
            .param("few", FEW)
            .param("limit", limit + 1)
            .query(ITEM)
            .list();
    return cut(items, limit);
  }

  private Page byTime(String ownerId, String prefix, UUID start, int limit) {
    UUID farthest =
        jdbc.sql(FARTHEST)
            .param("ownerId", ownerId)
            .param("before", start)
            .param("lookedAt", LOOKED_AT)
            .query(UUID.class)
            .optional()
            .orElse(null);
    List<Item> found =
        named(BY_TIME, ownerId, prefix)
            .param("before", start)
            .param("farthest", farthest == null ? BEFORE_ALL : farthest)
            .param("limit", limit + 1)
            .query(ITEM)
            .list();
    return found.size() > limit ? cut(found, limit) : new Page(found, farthest);
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
