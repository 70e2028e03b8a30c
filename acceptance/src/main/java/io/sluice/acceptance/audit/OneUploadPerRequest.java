package io.sluice.acceptance.audit;

import io.sluice.acceptance.facts.UploadFact;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A request for one upload, however often repeated under its key, made no more than one.
final class OneUploadPerRequest implements Invariant {

  @Override
  public String name() {
    return "one-upload-per-request";
  }

  @Override
  public String sentence() {
    return "A request for one upload, however often repeated under its key, made no more than one.";
  }

  @Override
  public void check(World world, Findings findings) {
    Map<String, List<UploadFact>> byName =
        world.database().uploads().values().stream()
            .collect(Collectors.groupingBy(UploadFact::fileName));
    byName.forEach((name, uploads) -> {
      findings.looked();
      if (uploads.size() > 1) {
        findings.violated(name, "has %d uploads: %s", uploads.size(), uploads);
      }
    });
  }
}
