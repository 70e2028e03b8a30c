package io.sluice.acceptance.audit;

import io.sluice.acceptance.facts.ChunkFact;
import io.sluice.acceptance.facts.StagedFile;
import io.sluice.acceptance.facts.StoredObject;
import io.sluice.acceptance.facts.UploadFact;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Nothing was removed that a row, or a mark of anybody, names.
final class NothingNamedWasRemoved implements Invariant {

  @Override
  public String name() {
    return "nothing-named-was-removed";
  }

  @Override
  public String sentence() {
    return "Nothing was removed that a row, or a mark of anybody, names.";
  }

  @Override
  public void check(World world, Findings findings) throws IOException {
    checkStaged(world, findings);
    checkObjects(world, findings);
    for (String key : world.foreignKeys()) {
      findings.looked();
      if (!world.objects().holds(key)) {
        findings.violated(key, "is somebody else's, and is gone");
      }
    }
  }

  private static void checkStaged(World world, Findings findings) throws IOException {
    Set<String> staged =
        world.staging().list().stream().map(StagedFile::key).collect(Collectors.toSet());
    for (List<ChunkFact> chunks : world.database().chunks().values()) {
      for (ChunkFact chunk : chunks) {
        boolean living = world.upload(chunk.uploadId()).filter(u -> !u.isGone()).isPresent();
        if (living && isNamed(world, chunk)) {
          findings.looked();
          if (!staged.contains(chunk.stagingKey())) {
            findings.violated(chunk.stagingKey(), "is named by %s, and is gone", chunk);
          }
        }
      }
    }
  }

  /// What the run itself destroyed was not removed by anybody.
  private static boolean isNamed(World world, ChunkFact chunk) {
    return chunk.isStaged() || (chunk.isDamaged() && !world.rules().bytesDestroyed());
  }

  private static void checkObjects(World world, Findings findings) throws IOException {
    Set<String> objects =
        world.objects().list().stream().map(StoredObject::objectKey).collect(Collectors.toSet());
    for (UploadFact upload : world.completed().toList()) {
      findings.looked();
      if (!objects.contains(upload.objectKey())) {
        findings.violated(upload.objectKey(), "is named by %s, and is gone", upload);
      }
    }
  }
}
