package io.sluice.acceptance.audit;

import io.sluice.acceptance.digest.Digest;
import io.sluice.acceptance.facts.ChunkFact;
import io.sluice.acceptance.facts.UploadFact;

/// Sizes and digests in the rows are those of the bytes the clients sent.
final class RecordedDigestsAreTrue implements Invariant {

  @Override
  public String name() {
    return "recorded-digests-are-true";
  }

  @Override
  public String sentence() {
    return "Sizes and digests in the rows are those of the bytes the clients sent.";
  }

  @Override
  public void check(World world, Findings findings) {
    world
        .promises()
        .chunks()
        .forEach((uploadId, chunks) ->
            chunks.forEach((index, acknowledgements) ->
                world
                    .database()
                    .chunk(uploadId, index)
                    .ifPresent(
                        row -> checkChunk(row, acknowledgements.getFirst().bytes(), findings))));
    world
        .completed()
        .forEach(upload ->
            world
                .promises()
                .expected(upload)
                .ifPresent(expected -> checkFile(upload, expected, findings)));
  }

  private static void checkChunk(ChunkFact row, Digest sent, Findings findings) {
    findings.looked();
    boolean same =
        row.sizeBytes() == sent.sizeBytes()
            && row.crc32c() == sent.crc32c()
            && row.crc32() == sent.crc32()
            && (row.sha256() == null || row.sha256().equals(sent.sha256()));
    if (!same) {
      findings.violated(row.uploadId() + "/" + row.chunkIndex(), "row %s, sent %s", row, sent);
    }
  }

  private static void checkFile(UploadFact row, Digest sent, Findings findings) {
    findings.looked();
    boolean same =
        row.fileSizeBytes() != null
            && row.fileSizeBytes() == sent.sizeBytes()
            && (row.crc32c() == null || row.crc32c() == sent.crc32c())
            && (row.sha256() == null || row.sha256().equals(sent.sha256()));
    if (!same) {
      findings.violated(row.id(), "row %s, sent %s", row, sent);
    }
  }
}
