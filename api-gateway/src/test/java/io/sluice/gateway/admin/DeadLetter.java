package io.sluice.gateway.admin;

import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.TestUpload;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Parks jobs as workers do, without one.
record DeadLetter(GatewayUnderTest gateway, UUID id) {

  /// A letter about anything.
  static DeadLetter of(
      GatewayUnderTest gateway, String jobType, @Nullable UUID uploadId, @Nullable Integer part) {
    UUID id =
        gateway
            .database()
            .sql(
                """
                insert into dead_letters (job_type, upload_id, part, cause, detail, attempts, payload,
                    first_failed_at)
                values (:jobType, :uploadId, :part, 'store_refused', 'AccessDenied', 3,
                    case when :jobType = 'UNREADABLE' then cast('{' as bytea) end, now())
                returning id
                """)
            .param("jobType", jobType)
            .param("uploadId", uploadId)
            .param("part", part)
            .query(UUID.class)
            .single();
    return new DeadLetter(gateway, id);
  }

  /// One chunk that is tried again much later, and the letter that says so.
  static DeadLetter ofChunk(GatewayUnderTest gateway, TestUpload upload, int index) {
    gateway
        .database()
        .sql(
            """
            update chunks set attempts = 3, enqueued_at = null,
                next_attempt_at = now() + interval '15 minutes',
                first_failed_at = now(), last_error = 'AccessDenied'
            where upload_id = :id and chunk_index = :index
            """)
        .param("id", upload.id())
        .param("index", index)
        .update();
    return of(gateway, "STORE_PART", upload.id(), index);
  }

  /// One chunk whose bytes are not where they should be, and the letter that says so.
  static DeadLetter ofDamaged(GatewayUnderTest gateway, TestUpload upload, int index) {
    DeadLetter letter = ofChunk(gateway, upload, index);
    gateway
        .database()
        .sql("update chunks set status = 'DAMAGED' where upload_id = :id and chunk_index = :index")
        .param("id", upload.id())
        .param("index", index)
        .update();
    return letter;
  }

  boolean isResolved() {
    return database()
        .sql("select resolved_at is not null from dead_letters where id = :id")
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  String path() {
    return "/v1/admin/dead-letters/" + id + "/replay";
  }

  boolean isReplayed() {
    return database()
        .sql("select replayed_at is not null from dead_letters where id = :id")
        .param("id", id)
        .query(Boolean.class)
        .single();
  }

  private JdbcClient database() {
    return gateway.database();
  }
}
