package io.sluice.acceptance.audit;

import java.util.Set;

/// There is no upload that no client asked for.
final class NobodyElseMadeUploads implements Invariant {

  @Override
  public String name() {
    return "nobody-else-made-uploads";
  }

  @Override
  public String sentence() {
    return "There is no upload that no client asked for.";
  }

  @Override
  public void check(World world, Findings findings) {
    Set<String> sent = world.promises().sentFileNames();
    world
        .database()
        .uploads()
        .values()
        .forEach(upload -> {
          findings.looked();
          if (!sent.contains(upload.fileName())) {
            findings.violated(upload.id(), "nobody asked for %s", upload.fileName());
          }
        });
  }
}
