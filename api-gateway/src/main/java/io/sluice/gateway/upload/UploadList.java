package io.sluice.gateway.upload;

import io.sluice.model.upload.UploadStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// A caller's uploads, newest first, page by page.
@Component
final class UploadList {

  private static final String PAGE =
      """
      select id, file_name, status, file_size_bytes, chunk_size_bytes, total_chunks, stored_chunks,
          created_at, updated_at, expires_at
      from uploads
      where owner_id = :ownerId and id < :before %s
      order by id desc
      limit :rows
      """;

  private static final String ALL = PAGE.formatted("");
  private static final String OF_STATUS = PAGE.formatted("and status = :status");

  /// After every id there is.
  private static final UUID BEGINNING = new UUID(-1, -1);

  record Item(
      UUID uploadId,
      String fileName,
      UploadStatus status,
      @Nullable Long fileSize,
      long chunkSize,
      @Nullable Integer totalChunks,
      int storedChunks,
      Instant createdAt,
      Instant updatedAt,
      Instant expiresAt) {}

  record Page(List<Item> items, @Nullable String nextCursor) {
    Page {
      items = List.copyOf(items);
    }
  }

  private final JdbcClient jdbc;

  UploadList(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  Page page(String ownerId, Optional<UploadStatus> status, Optional<UUID> before, int limit) {
    JdbcClient.StatementSpec query =
        jdbc.sql(status.isPresent() ? OF_STATUS : ALL)
            .param("ownerId", ownerId)
            .param("before", before.orElse(BEGINNING))
            .param("rows", limit + 1);
    if (status.isPresent()) {
      query = query.param("status", status.get().name());
    }
    List<Item> items =
        query
            .query((row, number) ->
                new Item(
                    row.getObject("id", UUID.class),
                    row.getString("file_name"),
                    UploadStatus.valueOf(row.getString("status")),
                    row.getObject("file_size_bytes", Long.class),
                    row.getLong("chunk_size_bytes"),
                    row.getObject("total_chunks", Integer.class),
                    row.getInt("stored_chunks"),
                    UploadViews.instant(row, "created_at"),
                    UploadViews.instant(row, "updated_at"),
                    UploadViews.instant(row, "expires_at")))
            .list();
    // One row more than asked for says whether there is a next page.
    boolean more = items.size() > limit;
    List<Item> shown = more ? items.subList(0, limit) : items;
    return new Page(shown, more ? Cursor.write(shown.getLast().uploadId()) : null);
  }
}
