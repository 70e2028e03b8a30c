package io.sluice.gateway.testing;

import io.sluice.coordination.signal.UploadSignals;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Does to the rows what workers do, for tests that need none.
public final class Worker {

  private final JdbcClient database;
  private final UploadSignals signals;

  public Worker(GatewayUnderTest gateway) {
    this.database = gateway.database();
    this.signals = gateway.bean(UploadSignals.class);
  }

  /// Stores every staged chunk.
  public Worker store(UUID id) {
    int stored =
        update(
            """
            update chunks set status = 'STORED', etag = 'e', stored_at = now(), enqueued_at = null
            where upload_id = :id and status = 'STAGED'
            """,
            id);
    database
        .sql("update uploads set stored_chunks = stored_chunks + :n where id = :id")
        .param("id", id)
        .param("n", stored)
        .update();
    return this;
  }

  /// Completes a COMPLETING upload, and says so.
  public void complete(UUID id) {
    update(
        """
        update uploads set status = 'COMPLETED', completed_at = now(), listed_at = now(),
            etag = '"tag"', sha256 = declared_sha256
        where id = :id
        """,
        id);
    signals.publish(id);
  }

  /// Fails an upload, and says so.
  public void fail(UUID id, String code) {
    database
        .sql(
            """
            update uploads set status = 'FAILED', end_code = :code, end_detail = 'It is lost.'
            where id = :id
            """)
        .param("id", id)
        .param("code", code)
        .update();
    signals.publish(id);
  }

  /// Puts an upload through legal steps to COMPLETED.
  public void finish(UUID id) {
    store(id);
    update("update uploads set status = 'COMPLETING' where id = :id", id);
    complete(id);
  }

  private int update(String sql, UUID id) {
    return database.sql(sql).param("id", id).update();
  }
}
