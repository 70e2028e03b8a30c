package io.sluice.worker.store;

import io.sluice.failpoint.Failpoint;
import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.object.OpenMultipart;
import io.sluice.worker.circuit.StoreCircuit;
import io.sluice.worker.retry.QuickTries;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The one multipart upload of each object. Whoever saves an id first wins; a loser aborts its own.
@Component
final class MultipartIds {

  private static final Logger LOG = LoggerFactory.getLogger(MultipartIds.class);
  private static final int STRIPES = 64;

  private static final String READ =
      """
      select multipart_id from uploads where id = :id and status in ('IN_PROGRESS', 'COMPLETING')
      """;

  /// 0 rows: someone saved another id, or the upload ended.
  private static final String SAVE =
      """
      update uploads set multipart_id = :multipartId, updated_at = now()
      where id = :id and multipart_id is null and status in ('IN_PROGRESS', 'COMPLETING')
      """;

  /// 0 rows: the id was changed, or a part is stored under it and so it may not be given up.
  private static final String FORGET =
      """
      update uploads set multipart_id = null, updated_at = now()
      where id = :id and multipart_id = :multipartId and stored_chunks = 0
        and status in ('IN_PROGRESS', 'COMPLETING')
      """;

  private final ObjectStore store;
  private final StoreCircuit circuit;
  private final QuickTries tries;
  private final JdbcClient jdbc;

  /// The slots of one process begin an upload all at once; one of them is enough to ask the store.
  private final Lock[] stripes =
      IntStream.range(0, STRIPES).mapToObj(stripe -> new ReentrantLock()).toArray(Lock[]::new);

  MultipartIds(ObjectStore store, StoreCircuit circuit, QuickTries tries, JdbcClient jdbc) {
    this.store = store;
    this.circuit = circuit;
    this.tries = tries;
    this.jdbc = jdbc;
  }

  /// The id under which the parts of an upload go, made if there is none yet; empty if the upload ended.
  Optional<String> ensure(UUID uploadId, ObjectRef object)
      throws IOException, InterruptedException {
    Lock stripe = stripes[Math.floorMod(uploadId.hashCode(), STRIPES)];
    stripe.lockInterruptibly();
    try {
      Optional<Optional<String>> known = read(uploadId);
      if (known.isEmpty() || known.get().isPresent()) {
        return known.flatMap(id -> id);
      }
      String made = tries.call(() -> store.begin(object));
      Failpoint.hit("worker.multipart-begun");
      if (jdbc.sql(SAVE).param("id", uploadId).param("multipartId", made).update() == 1) {
        return Optional.of(made);
      }
      abort(object, made);
      return read(uploadId).flatMap(id -> id);
    } finally {
      stripe.unlock();
    }
  }

  /// Gives up an id that the store no longer knows, so that the next job makes another.
  ///
  /// @return false if parts were stored under it: their bytes are lost
  boolean forget(UUID uploadId, String multipartId) {
    return jdbc.sql(FORGET).param("id", uploadId).param("multipartId", multipartId).update() == 1;
  }

  /// Empty: no such live upload. Empty inside: it has no id yet.
  private Optional<Optional<String>> read(UUID uploadId) {
    return jdbc.sql(READ)
        .param("id", uploadId)
        .query((row, number) -> Optional.ofNullable(row.getString("multipart_id")))
        .optional();
  }

  private void abort(ObjectRef object, String multipartId) {
    try {
      circuit.call(() -> {
        store.abort(new OpenMultipart(object.objectKey(), multipartId, Instant.EPOCH));
        return multipartId;
      });
    } catch (IOException | RuntimeException e) {
      // The reaper finds it by listing.
      LOG.atWarn().setCause(e).log("surplus multipart upload left open");
    }
  }
}
