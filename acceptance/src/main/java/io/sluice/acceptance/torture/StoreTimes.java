package io.sluice.acceptance.torture;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// How long chunks took from their acknowledgement to their being stored, by the database's clock. Chunks that
/// the store takes together wait for the last of them, which is their client's affair, so they count from that one.
///
/// @param chunks that were stored
/// @param medianSeconds half of them were quicker
/// @param slowestSeconds the one that took longest
public record StoreTimes(long chunks, double medianSeconds, double slowestSeconds) {

  private static final String MEASURE =
      """
      with stored as (
        select count(*) as chunks,
          cast(extract(epoch from max(c.stored_at) - max(c.staged_at)) as float8) as seconds
        from chunks c join uploads u on u.id = c.upload_id
        where c.status = 'STORED'
        group by c.upload_id, c.chunk_index / u.chunks_per_part
        having min(c.staged_at) > cast(? as timestamptz)
      )
      select coalesce(sum(chunks), 0) as chunks,
        coalesce(percentile_cont(0.5) within group (order by seconds), 0) as median,
        coalesce(max(seconds), 0) as slowest
      from stored
      """;

  /// Of everything in a database.
  ///
  /// @param jdbcUrl with user and password
  public static StoreTimes in(String jdbcUrl) throws IOException {
    return since("-infinity", jdbcUrl);
  }

  /// Of the chunks that were acknowledged after a time.
  ///
  /// @param time as PostgreSQL writes it
  /// @param jdbcUrl with user and password
  public static StoreTimes since(String time, String jdbcUrl) throws IOException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        PreparedStatement statement = connection.prepareStatement(MEASURE)) {
      statement.setString(1, time);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new StoreTimes(
            row.getLong("chunks"), row.getDouble("median"), row.getDouble("slowest"));
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /// The database's time.
  ///
  /// @param jdbcUrl with user and password
  public static String now(String jdbcUrl) throws IOException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select cast(clock_timestamp() as text)")) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Override
  public String toString() {
    return "%d chunks, median %.2f s, slowest %.1f s"
        .formatted(chunks, medianSeconds, slowestSeconds);
  }
}
