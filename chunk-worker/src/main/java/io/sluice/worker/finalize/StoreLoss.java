package io.sluice.worker.finalize;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.metadata.time.DatabaseClock;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.object.StoredPart;
import io.sluice.storage.place.PlaceGuard;
import io.sluice.storage.place.PlaceKind;
import io.sluice.worker.circuit.StoreCircuit;
import io.sluice.worker.retry.RetrySettings;
import io.sluice.worker.upload.WorkUpload;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Finds out whether a store still has the parts that it confirmed, once an upload has met too often that it
/// has not: somebody, or a rule of the bucket, may have aborted the multipart upload under it.
///
/// What is lost becomes DAMAGED and is looked for again: in staging, where a file of one request still lies,
/// or from its client, who is told. It has lasted for minutes, and two looks at a place that is ours
/// agree, before anything is written.
@Component
public class StoreLoss {

  private static final Logger LOG = LoggerFactory.getLogger(StoreLoss.class);

  /// The lock conflicts with that of every other step of the upload.
  private static final String LOCK =
      """
      select id from uploads
      where id = :id and status in ('IN_PROGRESS', 'COMPLETING')
        and multipart_id is not distinct from :multipartId
      for update
      """;

  private static final String LOST =
      """
      update chunks
      set status = 'DAMAGED', enqueued_at = null, next_attempt_at = now(),
          first_failed_at = coalesce(first_failed_at, now()), last_error = :error
      where upload_id = :id and chunk_index = any(cast(:indexes as int[])) and status = 'STORED'
      """;

  /// Where nothing counts as stored any more, what is put again goes into another multipart upload: some
  /// stores take parts into one that was aborted, and never join them. No sweep touches the old one as long
  /// as chunks are damaged.
  private static final String UNCOUNT =
      """
      update uploads
      set stored_chunks = stored_chunks - :chunks,
          multipart_id = case when stored_chunks > :chunks then multipart_id end, enqueued_at = null, next_attempt_at = null, updated_at = now()
      where id = :id
      """;

  private final ObjectStore store;
  private final StoreCircuit circuit;
  private final StoredChunks chunks;
  private final PlaceGuard places;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final RetrySettings settings;
  private final DatabaseClock clock;
  private final Counter lostChunks;

  StoreLoss(
      ObjectStore store,
      StoreCircuit circuit,
      StoredChunks chunks,
      PlaceGuard places,
      JdbcClient jdbc,
      TransactionTemplate transactions,
      RetrySettings settings,
      DatabaseClock clock,
      MeterRegistry meters) {
    this.store = store;
    this.circuit = circuit;
    this.chunks = chunks;
    this.places = places;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.settings = settings;
    this.clock = clock;
    this.lostChunks =
        Counter.builder("lost_chunks_total")
            .description("Stored chunks that their store did not have any more")
            .register(meters);
  }

  /// Looks, if it has lasted long enough, and writes down what is lost.
  ///
  /// @param failingSince when this trouble began, by the database's clock
  /// @param why what the upload has met
  public void lookFor(WorkUpload upload, @Nullable Instant failingSince, String why) {
    Optional<ChunkPlan> plan = upload.plan();
    boolean lasts =
        failingSince != null && !failingSince.plus(settings.lossAfter()).isAfter(clock.now());
    if (!lasts || plan.isEmpty() || plan.get().totalChunks() == 0) {
      return;
    }
    try {
      List<StoredPart> stored = chunks.storedParts(upload.id(), plan.get());
      ObjectRef object = upload.object(plan.get());
      Set<Integer> lost = lost(upload, object, stored);
      if (!lost.isEmpty()) {
        lost.retainAll(lost(upload, object, stored));
      }
      if (!lost.isEmpty()) {
        write(upload, plan.get(), lost, why);
      }
    } catch (IOException | RuntimeException e) {
      LOG.atWarn().addKeyValue("upload_id", upload.id()).setCause(e).log("loss not looked for");
    }
  }

  private Set<Integer> lost(WorkUpload upload, ObjectRef object, List<StoredPart> stored)
      throws IOException {
    // An object whose parts are joined has none to ask for; in a directory its files are its parts.
    if (stored.isEmpty()
        || (store.usesMultipart() && circuit.call(() -> store.head(object)).isPresent())) {
      return Set.of();
    }
    Optional<String> multipartId = Optional.ofNullable(upload.multipartId());
    Set<Integer> lost = new HashSet<>();
    circuit
        .call(() -> store.lostParts(object, multipartId, stored))
        .forEach(part -> lost.add(part.part()));
    return places.troubleNow(PlaceKind.OBJECTS).isPresent() ? Set.of() : lost;
  }

  private void write(WorkUpload upload, ChunkPlan plan, Set<Integer> parts, String why) {
    UUID id = upload.id();
    int[] indexes =
        parts.stream()
            .flatMapToInt(
                part -> IntStream.rangeClosed(plan.firstChunkOf(part), plan.lastChunkOf(part)))
            .sorted()
            .toArray();
    int written =
        transactions.execute(status -> {
          if (jdbc.sql(LOCK)
              .param("id", id)
              .param("multipartId", upload.multipartId())
              .query(UUID.class)
              .optional()
              .isEmpty()) {
            return 0;
          }
          int rows =
              jdbc.sql(LOST)
                  .param("id", id)
                  .param("indexes", indexes)
                  .param("error", "object_lost: " + why)
                  .update();
          jdbc.sql(UNCOUNT).param("id", id).param("chunks", rows).update();
          return rows;
        });
    if (written > 0) {
      lostChunks.increment(written);
      LOG.atError()
          .addKeyValue("severity", "CRITICAL")
          .addKeyValue("upload_id", id)
          .addKeyValue("chunks", written)
          .addKeyValue("detail", why)
          .log("CRITICAL: the store lost what it had confirmed");
    }
  }
}
