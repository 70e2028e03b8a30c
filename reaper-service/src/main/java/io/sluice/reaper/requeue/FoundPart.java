package io.sluice.reaper.requeue;

import io.sluice.model.chunk.ChunkPlan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A part that had work to do and no job.
///
/// @param taken its plan and the time at which it was marked as enqueued; empty if its chunks were taken
///     out of the books instead
record FoundPart(UUID uploadId, int part, Optional<Taken> taken) {

  /// A part that now has to be enqueued.
  record Taken(UUID uploadId, int part, ChunkPlan plan, Instant enqueuedAt) {}

  static List<Taken> taken(List<FoundPart> parts) {
    return parts.stream().map(FoundPart::taken).flatMap(Optional::stream).toList();
  }

  static FoundPart map(ResultSet row, int number) throws SQLException {
    UUID uploadId = row.getObject("upload_id", UUID.class);
    int part = row.getInt("part");
    return new FoundPart(
        uploadId,
        part,
        row.getBoolean("whole")
            ? Optional.of(
                new Taken(
                    uploadId,
                    part,
                    new ChunkPlan(
                        row.getLong("file_size_bytes"),
                        row.getLong("chunk_size_bytes"),
                        row.getInt("total_chunks"),
                        row.getInt("chunks_per_part")),
                    row.getObject("enqueued_at", OffsetDateTime.class).toInstant()))
            : Optional.empty());
  }
}
