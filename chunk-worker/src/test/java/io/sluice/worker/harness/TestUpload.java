package io.sluice.worker.harness;

import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.metadata.chunk.Chunks;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.staging.StageRequest;
import io.sluice.storage.staging.StagedBytes;
import io.sluice.storage.staging.StagedBytesMissingException;
import io.sluice.storage.staging.StagingStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One upload with its bytes, and what has become of them.
public final class TestUpload {

  private static final String COMMIT_CHUNK =
      """
      insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, sha256, staging_key, status, enqueued_at)
      values (:id, :index, :size, :crc32c, :crc32, :sha256, :key, 'STAGED',
              case when :enqueued then now() end)
      """;

  private final UUID id;
  private final ChunkPlan plan;
  private final byte[] content;
  private final ObjectRef object;
  private final JdbcClient jdbc;
  private final StagingStore staging;
  private final ObjectStore store;

  TestUpload(
      UUID id,
      ChunkPlan plan,
      byte[] content,
      ObjectRef object,
      JdbcClient jdbc,
      StagingStore staging,
      ObjectStore store) {
    this.id = id;
    this.plan = plan;
    this.content = content;
    this.object = object;
    this.jdbc = jdbc;
    this.staging = staging;
    this.store = store;
  }

  /// The same upload seen through another connection.
  public TestUpload by(JdbcClient other) {
    return new TestUpload(id, plan, content, object, other, staging, store);
  }

  public UUID id() {
    return id;
  }

  public ChunkPlan plan() {
    return plan;
  }

  public ObjectRef object() {
    return object;
  }

  public String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Stages a chunk and commits its row, marked as enqueued.
  public String stage(int index) {
    return stage(index, true, false);
  }

  /// Stages a chunk and commits its row.
  ///
  /// @param enqueued false for one that waits for its upload's window
  public String stage(int index, boolean enqueued, boolean wantSha256) {
    StagedBytes staged = bytesInStaging(index, wantSha256);
    ByteDigest digest = staged.digest();
    jdbc.sql(COMMIT_CHUNK)
        .param("id", id)
        .param("index", index)
        .param("size", digest.sizeBytes())
        .param("crc32c", digest.crc32c())
        .param("crc32", digest.crc32())
        .param("sha256", digest.sha256())
        .param("key", staged.stagingKey())
        .param("enqueued", enqueued)
        .update();
    return staged.stagingKey();
  }

  /// Stages a chunk, and no more.
  public StagedBytes bytesInStaging(int index, boolean wantSha256) {
    int from = (int) plan.offsetOf(index);
    int length = (int) plan.chunkLengthBytes(index);
    byte[] bytes = Arrays.copyOfRange(content, from, from + length);
    try {
      return staging.stage(
          StageRequest.exactly(id, index, length, wantSha256),
          Channels.newChannel(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Job.StorePart job(int part) {
    return new Job.StorePart(id, part, null, Lane.HEAVY);
  }

  public Job.StorePart job(int part, String permit) {
    return new Job.StorePart(id, part, permit, Lane.HEAVY);
  }

  /// A job for each part.
  public List<Job> jobs() {
    return IntStream.range(0, plan.totalParts()).<Job>mapToObj(this::job).toList();
  }

  public Job.FinalizeUpload finalizeJob() {
    return new Job.FinalizeUpload(id);
  }

  public Job.PurgeUpload purgeJob() {
    return new Job.PurgeUpload(id);
  }

  /// The client asks for the file.
  public void complete() {
    set("status = 'COMPLETING'");
  }

  /// The client gives the upload up.
  public void abort() {
    set("status = 'ABORTED'");
  }

  public void set(String assignments) {
    jdbc.sql(
            "update uploads set " + assignments + ", updated_at = clock_timestamp() where id = :id")
        .param("id", id)
        .update();
  }

  public void setChunk(int index, String assignments) {
    jdbc.sql("update chunks set " + assignments + " where upload_id = :id and chunk_index = :index")
        .param("id", id)
        .param("index", index)
        .update();
  }

  public Map<String, @Nullable Object> row() {
    return jdbc.sql("select * from uploads where id = :id").param("id", id).query().singleRow();
  }

  public String status() {
    return String.valueOf(row().get("status"));
  }

  /// How many chunks have a checksum that outlives their rows.
  public int keptChecksums() {
    return jdbc.sql(
            """
            select coalesce(sum(octet_length(crc32cs) / 4), 0) from chunk_checksums where upload_id = :id
            """)
        .param("id", id)
        .query(Integer.class)
        .single();
  }

  public int storedChunks() {
    return jdbc.sql("select stored_chunks from uploads where id = :id")
        .param("id", id)
        .query((row, number) -> row.getInt(1))
        .single();
  }

  public List<ChunkRow> chunks() {
    return jdbc.sql("select * from chunks where upload_id = :id order by chunk_index")
        .param("id", id)
        .query(Chunks.ROW)
        .list();
  }

  public List<String> chunkStatuses() {
    return chunks().stream().map(chunk -> chunk.status().name()).toList();
  }

  /// Its states in order, with their codes.
  public List<String> history() {
    return jdbc.sql("select to_status from upload_events where upload_id = :id order by id")
        .param("id", id)
        .query((row, number) -> row.getString(1))
        .list();
  }

  public boolean isStaged(String stagingKey) {
    try (ReadableByteChannel bytes = staging.open(stagingKey, 0, 1)) {
      return bytes.isOpen();
    } catch (StagedBytesMissingException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether the store holds the file, byte for byte.
  public boolean isInStore() {
    try {
      if (store.head(object).isEmpty()) {
        return false;
      }
      try (ReadableByteChannel bytes = store.read(object, 0, content.length)) {
        return Arrays.equals(Channels.newInputStream(bytes).readAllBytes(), content);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
