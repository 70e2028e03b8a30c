package io.sluice.metadata.chunk;

import io.sluice.metadata.time.TimeColumn;
import io.sluice.model.chunk.ChunkStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads chunks by upload and range of indexes.
@Component
public class Chunks {

  private static final String RANGE =
      """
      select * from chunks
      where upload_id = :uploadId and chunk_index between :first and :last
      order by chunk_index
      """;

  /// Maps `select *` of a chunk.
  public static final RowMapper<ChunkRow> ROW = (row, number) -> map(row);

  private final JdbcClient jdbc;

  Chunks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The chunks of an inclusive range of indexes, in order; those not sent yet are left out.
  public List<ChunkRow> range(UUID uploadId, int first, int last) {
    return jdbc.sql(RANGE)
        .param("uploadId", uploadId)
        .param("first", first)
        .param("last", last)
        .query(ROW)
        .list();
  }

  private static ChunkRow map(ResultSet row) throws SQLException {
    return new ChunkRow(
        row.getObject("upload_id", UUID.class),
        row.getInt("chunk_index"),
        row.getLong("size_bytes"),
        row.getInt("crc32c"),
        row.getInt("crc32"),
        row.getString("sha256"),
        row.getString("staging_key"),
        ChunkStatus.valueOf(row.getString("status")),
        row.getString("etag"),
        TimeColumn.find(row, "enqueued_at"),
        TimeColumn.find(row, "next_attempt_at"),
        row.getInt("attempts"),
        TimeColumn.find(row, "first_failed_at"),
        row.getString("last_error"),
        TimeColumn.get(row, "staged_at"),
        TimeColumn.find(row, "stored_at"));
  }
}
