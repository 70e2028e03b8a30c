package io.sluice.acceptance.audit;

import io.sluice.acceptance.facts.StoredObject;
import io.sluice.acceptance.facts.UploadFact;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// No object lies in the store without a living upload that owns it, after the grace period.
final class NoObjectWithoutOwner implements Invariant {

  @Override
  public String name() {
    return "no-object-without-owner";
  }

  @Override
  public String sentence() {
    return "No object lies in the store without a living upload that owns it, after the grace period.";
  }

  @Override
  public void check(World world, Findings findings) throws IOException {
    Map<String, UploadFact> owners =
        world.database().uploads().values().stream()
            .collect(Collectors.toMap(UploadFact::objectKey, Function.identity()));
    for (StoredObject object : world.objects().list()) {
      if (world.isForeign(object)) {
        continue;
      }
      findings.looked();
      UploadFact owner = owners.get(object.objectKey());
      boolean young = object.ageSeconds() <= world.rules().graceSeconds();
      if ((owner == null || owner.isGone()) && !young) {
        findings.violated(object.objectKey(), "%s belongs to %s", object, owner);
      }
    }
  }
}
