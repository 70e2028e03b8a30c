package io.sluice.gateway.admission;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The backlog's rows. Each question reads partial indexes that hold only what is not stored, and no
/// more of them than a bound.
@Component
class BacklogRows {

  private static final String ENQUEUED =
      """
      select upload_id as id, count(*) as n
      from (select upload_id from chunks
          where status = 'STAGED' and enqueued_at is not null limit :bound) enqueued
      group by upload_id
      """;

  private static final String WAITING =
      """
      select id, (select count(*) from (
          select 1 from chunks where upload_id = id and status = 'STAGED'
              and enqueued_at is null and next_attempt_at is null limit :bound) waiting) as n
      from unnest(:ids) id
      """;

  private static final String STORED =
      "select id, stored_chunks as n from uploads where id = any(:ids)";

  private final JdbcClient jdbc;

  BacklogRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Chunks with a job, by upload.
  Map<UUID, Integer> enqueued(int bound) {
    return counts(jdbc.sql(ENQUEUED).param("bound", bound));
  }

  /// Chunks that wait for their part or their window, of some uploads.
  Map<UUID, Integer> waiting(Collection<UUID> ids, int bound) {
    return counts(jdbc.sql(WAITING).param("ids", ids.toArray(UUID[]::new)).param("bound", bound));
  }

  /// Chunks stored so far, of some uploads.
  Map<UUID, Integer> stored(Collection<UUID> ids) {
    return counts(jdbc.sql(STORED).param("ids", ids.toArray(UUID[]::new)));
  }

  private static Map<UUID, Integer> counts(JdbcClient.StatementSpec query) {
    Map<UUID, Integer> counts = new HashMap<>();
    query.query(row -> {
      counts.put(row.getObject("id", UUID.class), row.getInt("n"));
    });
    return counts;
  }
}
