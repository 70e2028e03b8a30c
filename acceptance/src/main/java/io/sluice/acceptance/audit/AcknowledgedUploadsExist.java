package io.sluice.acceptance.audit;

/// Every upload a client was told of has a row.
final class AcknowledgedUploadsExist implements Invariant {

  @Override
  public String name() {
    return "acknowledged-uploads-exist";
  }

  @Override
  public String sentence() {
    return "Every upload a client was told of has a row.";
  }

  @Override
  public void check(World world, Findings findings) {
    for (var uploadId : world.promises().acknowledgedUploads()) {
      findings.looked();
      if (world.upload(uploadId).isEmpty()) {
        findings.violated(uploadId, "was acknowledged and has no row");
      }
    }
  }
}
