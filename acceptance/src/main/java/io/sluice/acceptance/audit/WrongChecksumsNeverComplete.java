package io.sluice.acceptance.audit;

/// An upload whose client declared another checksum than its bytes have is never COMPLETED.
final class WrongChecksumsNeverComplete implements Invariant {

  @Override
  public String name() {
    return "wrong-checksums-never-complete";
  }

  @Override
  public String sentence() {
    return "An upload whose client declared another checksum than its bytes have is never COMPLETED.";
  }

  @Override
  public void check(World world, Findings findings) {
    for (var uploadId : world.promises().acknowledgedUploads()) {
      if (world.promises().declaredWrongly(uploadId)) {
        findings.looked();
        if (world.database().changesOf(uploadId).stream()
            .anyMatch(change -> change.to().equals("COMPLETED"))) {
          findings.violated(uploadId, "was COMPLETED against its declared checksum");
        }
      }
    }
  }
}
