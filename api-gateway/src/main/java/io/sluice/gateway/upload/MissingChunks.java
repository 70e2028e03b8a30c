package io.sluice.gateway.upload;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.metadata.upload.Upload;
import io.sluice.metadata.upload.Uploads;
import io.sluice.model.upload.UploadStatus;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What is still to be sent of an upload.
@Component
public final class MissingChunks {

  static final int MOST_INDEXES = 10_000;

  /// A DAMAGED chunk was acknowledged, and has to be sent again all the same unless its bytes come back.
  private static final String INDEXES =
      """
      select wanted from generate_series(cast(:from as int), cast(:last as int)) wanted
      where not exists (select 1 from chunks c
          where c.upload_id = :id and c.chunk_index = wanted and c.status <> 'DAMAGED')
      order by wanted
      limit :rows
      """;

  private static final String ACKNOWLEDGED =
      "select count(*) from chunks where upload_id = :id and status <> 'DAMAGED'";

  private static final String DAMAGED =
      """
      select chunk_index from chunks
      where upload_id = :id and status = 'DAMAGED' and chunk_index >= :from
      order by chunk_index limit :rows
      """;

  private static final String DAMAGED_COUNT =
      "select count(*) from chunks where upload_id = :id and status = 'DAMAGED'";

  record Answer(
      UUID uploadId,
      UploadStatus status,
      List<Integer> missingChunkIndexes,
      int missingCount,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Integer> damagedChunkIndexes,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer nextFrom) {
    Answer {
      missingChunkIndexes = List.copyOf(missingChunkIndexes);
      damagedChunkIndexes = List.copyOf(damagedChunkIndexes);
    }
  }

  private final JdbcClient jdbc;
  private final Uploads uploads;

  MissingChunks(JdbcClient jdbc, Uploads uploads) {
    this.jdbc = jdbc;
    this.uploads = uploads;
  }

  /// Answers for one upload, from an index on. Of an upload that takes no more chunks nothing is missing but
  /// what was damaged here.
  Answer find(UUID id, String ownerId, int from) {
    Upload upload = uploads.findByIdAndOwnerId(id, ownerId).orElseThrow(ProblemException::notFound);
    Integer total = upload.totalChunks();
    boolean active = upload.status().isActive();
    if ((!active && upload.status() != UploadStatus.COMPLETING) || total == null) {
      return new Answer(id, upload.status(), List.of(), 0, List.of(), null);
    }
    List<Integer> damaged = damaged(id, from, MOST_INDEXES + 1);
    List<Integer> indexes = active ? indexes(id, from, total, MOST_INDEXES + 1) : damaged;
    boolean more = indexes.size() > MOST_INDEXES;
    return new Answer(
        id,
        upload.status(),
        more ? indexes.subList(0, MOST_INDEXES) : indexes,
        active ? count(id, total) : damagedCount(id),
        damaged.size() > MOST_INDEXES ? damaged.subList(0, MOST_INDEXES) : damaged,
        more ? indexes.getLast() : null);
  }

  /// The first missing indexes, from one on.
  public List<Integer> indexes(UUID id, int from, int totalChunks, int most) {
    return jdbc.sql(INDEXES)
        .param("id", id)
        .param("from", from)
        .param("last", totalChunks - 1)
        .param("rows", most)
        .query((row, number) -> row.getInt(1))
        .list();
  }

  /// The first indexes, from one on, of chunks whose bytes were acknowledged and are missing or wrong here.
  List<Integer> damaged(UUID id, int from, int most) {
    return jdbc.sql(DAMAGED)
        .param("id", id)
        .param("from", from)
        .param("rows", most)
        .query((row, number) -> row.getInt(1))
        .list();
  }

  /// How many of these there are.
  int damagedCount(UUID id) {
    return jdbc.sql(DAMAGED_COUNT).param("id", id).query(Integer.class).single();
  }

  /// How many are missing in all.
  public int count(UUID id, int totalChunks) {
    return totalChunks - jdbc.sql(ACKNOWLEDGED).param("id", id).query(Integer.class).single();
  }
}
