package io.sluice.worker.finalize;

import io.sluice.model.chunk.ChunkPlan;
import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.object.StoredPart;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads the chunks of an upload, a page at a time, into what its object has to be.
@Component
final class StoredChunks {

  private static final int PAGE = 5_000;

  private static final String NEXT =
      """
      select chunk_index, size_bytes, crc32c, crc32, sha256, etag from chunks
      where upload_id = :upload and chunk_index > :after and status = 'STORED'
      order by chunk_index limit :page
      """;

  private record Chunk(int index, ByteDigest digest, String etag) {}

  private final JdbcClient jdbc;

  StoredChunks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// @throws IllegalStateException the rows are not all the chunks of the plan
  StoredParts read(UUID uploadId, ChunkPlan plan) {
    Joining joining = new Joining(plan);
    int next = 0;
    while (next < plan.totalChunks()) {
      List<Chunk> page = page(uploadId, next - 1);
      for (Chunk chunk : page) {
        if (chunk.index() != next++) {
          throw new IllegalStateException("chunk %d is not stored".formatted(next - 1));
        }
        joining.add(chunk);
      }
      if (page.isEmpty()) {
        throw new IllegalStateException("chunk %d is not stored".formatted(next));
      }
    }
    return joining.done();
  }

  /// The parts of which every chunk is STORED, of an upload that may be on its way.
  List<StoredPart> storedParts(UUID uploadId, ChunkPlan plan) {
    List<StoredPart> parts = new ArrayList<>();
    List<Chunk> part = new ArrayList<>();
    int after = -1;
    List<Chunk> page;
    do {
      page = page(uploadId, after);
      for (Chunk chunk : page) {
        after = chunk.index();
        int number = plan.partOf(after);
        if (after == plan.firstChunkOf(number)) {
          part.clear();
        }
        part.add(chunk);
        if (after == plan.lastChunkOf(number)
            && part.size() == after - plan.firstChunkOf(number) + 1) {
          parts.add(partOf(number, part));
        }
      }
    } while (page.size() == PAGE);
    return parts;
  }

  private static StoredPart partOf(int number, List<Chunk> chunks) {
    ByteDigest digest = ByteDigest.EMPTY;
    for (Chunk chunk : chunks) {
      digest = digest.then(chunk.digest());
    }
    return new StoredPart(number, chunks.getFirst().etag(), digest.sizeBytes(), digest.crc32c());
  }

  private List<Chunk> page(UUID uploadId, int after) {
    return jdbc.sql(NEXT)
        .param("upload", uploadId)
        .param("after", after)
        .param("page", PAGE)
        .query((row, number) ->
            new Chunk(
                row.getInt("chunk_index"),
                new ByteDigest(
                    row.getLong("size_bytes"),
                    row.getInt("crc32c"),
                    row.getInt("crc32"),
                    row.getString("sha256")),
                row.getString("etag")))
        .list();
  }

  private static final class Joining {
    private final ChunkPlan plan;
    private final List<StoredPart> parts = new ArrayList<>();
    private @Nullable ByteDigest whole;
    private ByteDigest part = ByteDigest.EMPTY;
    private String partEtag = "";

    Joining(ChunkPlan plan) {
      this.plan = plan;
    }

    void add(Chunk chunk) {
      ByteDigest before = whole;
      whole = before == null ? chunk.digest() : before.then(chunk.digest());
      int number = plan.partOf(chunk.index());
      if (chunk.index() == plan.firstChunkOf(number)) {
        part = ByteDigest.EMPTY;
        partEtag = chunk.etag();
      }
      part = part.then(chunk.digest());
      if (chunk.index() == plan.lastChunkOf(number)) {
        parts.add(new StoredPart(number, partEtag, part.sizeBytes(), part.crc32c()));
      }
    }

    StoredParts done() {
      return new StoredParts(parts, whole == null ? ByteDigest.EMPTY : whole);
    }
  }
}
