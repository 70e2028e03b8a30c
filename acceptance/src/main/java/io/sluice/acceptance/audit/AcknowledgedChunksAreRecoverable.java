package io.sluice.acceptance.audit;

import io.sluice.acceptance.digest.Digest;
import io.sluice.acceptance.facts.ChunkFact;
import io.sluice.acceptance.facts.UploadFact;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;

/// Every acknowledged chunk can be read back byte for byte, from staging or from the object store.
final class AcknowledgedChunksAreRecoverable implements Invariant {

  @Override
  public String name() {
    return "acknowledged-chunks-are-recoverable";
  }

  @Override
  public String sentence() {
    return "Every acknowledged chunk can be read back byte for byte, from staging or from the object store.";
  }

  @Override
  public void check(World world, Findings findings) throws IOException {
    for (var acknowledged : world.promises().chunks().entrySet()) {
      Optional<UploadFact> upload = world.upload(acknowledged.getKey());
      if (upload.isEmpty() || Ends.forAReason(world, upload.get())) {
        continue;
      }
      for (var chunk : acknowledged.getValue().entrySet()) {
        findings.looked();
        Digest expected = chunk.getValue().getFirst().bytes();
        if (!isRecoverable(world, upload.get(), chunk.getKey(), expected)) {
          findings.violated(
              upload.get().id() + "/" + chunk.getKey(),
              "its %d bytes are neither in staging nor in the store; upload %s, chunk %s",
              expected.sizeBytes(),
              upload.get().status(),
              world.database().chunk(upload.get().id(), chunk.getKey()));
        }
      }
    }
  }

  private static boolean isRecoverable(World world, UploadFact upload, int index, Digest expected)
      throws IOException {
    Optional<ChunkFact> row = world.database().chunk(upload.id(), index);
    if (row.isPresent() && !row.get().isStored()) {
      // A worker may have died between the move and the row, so the store counts as well.
      return matches(world.staging().open(row.get().stagingKey()), expected)
          || matches(world.objects().openChunk(upload, index), expected);
    }
    if (row.isEmpty() && !upload.isCompleted()) {
      return false;
    }
    boolean unfinished = Set.of("INITIATED", "IN_PROGRESS", "COMPLETING").contains(upload.status());
    return matches(world.objects().openChunk(upload, index), expected)
        || (unfinished && world.objects().holdsOpenPart(upload, index));
  }

  private static boolean matches(Optional<InputStream> bytes, Digest expected) throws IOException {
    return bytes.isPresent() && Digest.of(bytes.get()).equals(expected);
  }
}
