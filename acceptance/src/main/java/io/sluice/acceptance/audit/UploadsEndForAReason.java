package io.sluice.acceptance.audit;

/// No upload is FAILED, ABORTED or DELETED unless its own client caused it.
final class UploadsEndForAReason implements Invariant {

  @Override
  public String name() {
    return "uploads-end-for-a-reason";
  }

  @Override
  public String sentence() {
    return "No upload is FAILED, ABORTED or DELETED unless its own client caused it.";
  }

  @Override
  public void check(World world, Findings findings) {
    world
        .database()
        .uploads()
        .values()
        .forEach(upload -> {
          findings.looked();
          Ends.unexplained(world, upload)
              .ifPresent(detail -> findings.violated(upload.id(), "%s", detail));
        });
  }
}
