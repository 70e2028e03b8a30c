package io.sluice.gateway.admin;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What of a dead letter decides how it is replayed.
///
/// @param uploadId null for a message that could not be read
/// @param part of STORE_PART only
record DeadLetterRow(
    UUID id,
    String jobType,
    @Nullable UUID uploadId,
    @Nullable Integer part,
    @Nullable Instant replayedAt,
    boolean resolved) {

  private static final String FIND =
      """
      select id, job_type, upload_id, part, replayed_at, resolved_at is not null as resolved
      from dead_letters where id = :id
      """;

  static Optional<DeadLetterRow> find(JdbcClient jdbc, UUID id) {
    return jdbc.sql(FIND)
        .param("id", id)
        .query((row, number) -> {
          OffsetDateTime replayedAt = row.getObject("replayed_at", OffsetDateTime.class);
          return new DeadLetterRow(
              row.getObject("id", UUID.class),
              row.getString("job_type"),
              row.getObject("upload_id", UUID.class),
              row.getObject("part", Integer.class),
              replayedAt == null ? null : replayedAt.toInstant(),
              row.getBoolean("resolved"));
        })
        .optional();
  }
}
