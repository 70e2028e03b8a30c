package io.sluice.worker.harness;

import io.sluice.metadata.upload.UploadOrigin;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.upload.UploadStatus;
import io.sluice.storage.object.ObjectKeys;
import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.staging.StagingStore;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Makes uploads the way a gateway does.
public final class Uploads {

  private static final AtomicLong SEED = new AtomicLong(42);

  private static final String INSERT =
      """
      insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes, total_chunks,
                           chunks_per_part, status, origin, auto_complete, content_type, declared_sha256,
                           storage_element, object_key, listed_at, expires_at)
      values (:id, 'ann', 'file.bin', :size, :chunkSize, :total, :perPart, :status, :origin, :auto,
              'application/octet-stream', :declared, 'default', :key,
              case when :origin = 'ONE_REQUEST' and :status = 'COMPLETING' then now() end,
              now() + interval '1 day')
      """;

  private final JdbcClient jdbc;
  private final StagingStore staging;
  private final ObjectStore store;

  Uploads(JdbcClient jdbc, StagingStore staging, ObjectStore store) {
    this.jdbc = jdbc;
    this.staging = staging;
    this.store = store;
  }

  /// How an upload begins.
  public record Start(
      UploadStatus status,
      UploadOrigin origin,
      boolean autoComplete,
      @Nullable String declaredSha256) {

    public static final Start IN_PROGRESS =
        new Start(UploadStatus.IN_PROGRESS, UploadOrigin.CHUNKED, false, null);
    public static final Start AUTO_COMPLETE =
        new Start(UploadStatus.IN_PROGRESS, UploadOrigin.CHUNKED, true, null);
    public static final Start COMPLETING =
        new Start(UploadStatus.COMPLETING, UploadOrigin.CHUNKED, false, null);
    public static final Start ONE_REQUEST =
        new Start(UploadStatus.COMPLETING, UploadOrigin.ONE_REQUEST, false, null);

    public Start declaring(String sha256) {
      return new Start(status, origin, autoComplete, sha256);
    }
  }

  /// An upload of random bytes, none of them sent yet.
  public TestUpload begin(Start start, int sizeBytes, int chunkSizeBytes) {
    UUID id = new UUID(SEED.get() << 16 | 0x7000, SEED.incrementAndGet() | 1L << 63);
    byte[] content = new byte[sizeBytes];
    new Random(SEED.get()).nextBytes(content);
    ChunkPlan plan = ChunkPlan.of(sizeBytes, chunkSizeBytes, store.partLimits());
    String key = ObjectKeys.forUpload(id);
    jdbc.sql(INSERT)
        .param("id", id)
        .param("size", (long) sizeBytes)
        .param("chunkSize", plan.chunkSizeBytes())
        .param("total", plan.totalChunks())
        .param("perPart", plan.chunksPerPart())
        .param("status", start.status().name())
        .param("origin", start.origin().name())
        .param("auto", start.autoComplete())
        .param("declared", start.declaredSha256())
        .param("key", key)
        .update();
    ObjectRef object = new ObjectRef(key, plan, "application/octet-stream");
    return new TestUpload(id, plan, content, object, jdbc, staging, store);
  }

  /// An upload all of whose chunks are staged.
  public TestUpload staged(Start start, int sizeBytes, int chunkSizeBytes) {
    TestUpload upload = begin(start, sizeBytes, chunkSizeBytes);
    for (int index = 0; index < upload.plan().totalChunks(); index++) {
      upload.stage(index);
    }
    return upload;
  }
}
