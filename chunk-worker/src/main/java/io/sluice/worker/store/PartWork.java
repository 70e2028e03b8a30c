package io.sluice.worker.store;

import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.job.Job;
import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.object.StagedPart;
import io.sluice.storage.staging.StagedBytes;
import io.sluice.worker.upload.WorkUpload;
import java.util.List;

/// One part as its rows described it when its job was taken up.
///
/// @param chunks every chunk of the part, in order
record PartWork(Job.StorePart job, WorkUpload upload, ChunkPlan plan, List<ChunkRow> chunks) {

  PartWork {
    chunks = List.copyOf(chunks);
  }

  ObjectRef object() {
    return upload.object(plan);
  }

  boolean isWholeFile() {
    return plan.totalParts() == 1;
  }

  StagedPart staged() {
    return new StagedPart(
        job.part(),
        chunks.stream().map(row -> new StagedBytes(row.stagingKey(), digestOf(row))).toList());
  }

  /// What the part is, put together from its chunks. Keeps the SHA-256 of a part of one chunk.
  ByteDigest digest() {
    return chunks.size() == 1
        ? digestOf(chunks.getFirst())
        : chunks.stream().map(PartWork::digestOf).reduce(ByteDigest.EMPTY, ByteDigest::then);
  }

  List<String> stagingKeys() {
    return chunks.stream().map(ChunkRow::stagingKey).toList();
  }

  private static ByteDigest digestOf(ChunkRow row) {
    return new ByteDigest(row.sizeBytes(), row.crc32c(), row.crc32(), row.sha256());
  }
}
