package io.sluice.acceptance.audit;

import io.sluice.acceptance.facts.OpenMultipart;
import io.sluice.acceptance.facts.StagedFile;
import io.sluice.acceptance.facts.StoredObject;
import io.sluice.acceptance.facts.UploadFact;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Of an upload that FAILED, was ABORTED or DELETED no byte is left anywhere, and its row says so.
final class EndedUploadsArePurged implements Invariant {

  @Override
  public String name() {
    return "ended-uploads-are-purged";
  }

  @Override
  public String sentence() {
    return "Of an upload that FAILED, was ABORTED or DELETED no byte is left anywhere, and its row says so.";
  }

  @Override
  public void check(World world, Findings findings) throws IOException {
    Set<UUID> staged =
        world.staging().list().stream()
            .map(StagedFile::uploadId)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    Set<String> keys =
        world.objects().list().stream().map(StoredObject::objectKey).collect(Collectors.toSet());
    Set<String> open =
        world.objects().openMultiparts().stream()
            .map(OpenMultipart::objectKey)
            .collect(Collectors.toSet());
    for (UploadFact upload : world.database().uploads().values()) {
      if (!upload.isGone()) {
        continue;
      }
      findings.looked();
      if (!upload.purged()) {
        findings.violated(upload.id(), "is %s and not purged", upload.status());
      }
      // Bytes of a request that was under way at the end may wait for the sweeper.
      if (staged.contains(upload.id()) && upload.idleSeconds() > world.rules().graceSeconds()) {
        findings.violated(upload.id(), "is %s and has bytes in staging", upload.status());
      }
      if (keys.contains(upload.objectKey()) || open.contains(upload.objectKey())) {
        findings.violated(upload.id(), "is %s and has bytes in the store", upload.status());
      }
    }
  }
}
