package io.sluice.acceptance.audit;

import io.sluice.acceptance.facts.OpenMultipart;
import java.io.IOException;
import java.util.Set;

/// No multipart upload is open at the store without an unfinished upload that knows it, after the grace period.
final class NoMultipartWithoutOwner implements Invariant {

  @Override
  public String name() {
    return "no-multipart-without-owner";
  }

  @Override
  public String sentence() {
    return "No multipart upload is open at the store without an unfinished upload that knows it, after the grace period.";
  }

  private static final Set<String> UNFINISHED = Set.of("INITIATED", "IN_PROGRESS", "COMPLETING");

  @Override
  public void check(World world, Findings findings) throws IOException {
    for (OpenMultipart multipart : world.objects().openMultiparts()) {
      findings.looked();
      boolean owned =
          world.database().uploads().values().stream()
              .anyMatch(upload ->
                  UNFINISHED.contains(upload.status())
                      && upload.objectKey().equals(multipart.objectKey())
                      && multipart.multipartId().equals(upload.multipartId()));
      if (!owned && multipart.ageSeconds() > world.rules().graceSeconds()) {
        findings.violated(multipart.objectKey(), "%s belongs to nobody", multipart);
      }
    }
  }
}
