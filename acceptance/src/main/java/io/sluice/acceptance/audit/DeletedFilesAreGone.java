package io.sluice.acceptance.audit;

import io.sluice.acceptance.facts.UploadFact;
import io.sluice.acceptance.history.HistoryEvent.Deleted;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A file whose delete was acknowledged answers 404.
final class DeletedFilesAreGone implements Invariant {

  @Override
  public String name() {
    return "deleted-files-are-gone";
  }

  @Override
  public String sentence() {
    return "A file whose delete was acknowledged answers 404.";
  }

  @Override
  public void check(World world, Findings findings) throws IOException {
    Set<UUID> deleted = world.promises().uploads(Deleted.class, Deleted::uploadId);
    for (UUID uploadId : deleted) {
      findings.looked();
      Optional<UploadFact> upload = world.upload(uploadId);
      if (upload.isEmpty() || !upload.get().status().equals("DELETED")) {
        findings.violated(uploadId, "was deleted and is %s", upload.map(UploadFact::status));
        continue;
      }
      int status = world.downloads().whole(upload.get()).status();
      if (status != 404) {
        findings.violated(uploadId, "was deleted and downloads with %d", status);
      }
    }
  }
}
