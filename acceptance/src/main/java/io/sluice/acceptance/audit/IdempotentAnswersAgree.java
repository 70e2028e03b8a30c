package io.sluice.acceptance.audit;

import io.sluice.acceptance.history.HistoryEvent.Initiated;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// All answers under one idempotency key name the same upload.
final class IdempotentAnswersAgree implements Invariant {

  @Override
  public String name() {
    return "idempotent-answers-agree";
  }

  @Override
  public String sentence() {
    return "All answers under one idempotency key name the same upload.";
  }

  @Override
  public void check(World world, Findings findings) {
    Map<String, Set<UUID>> byKey =
        world
            .promises()
            .all(Initiated.class)
            .filter(initiated -> initiated.idempotencyKey() != null)
            .collect(
                Collectors.groupingBy(
                    initiated -> Objects.requireNonNull(initiated.idempotencyKey()),
                    Collectors.mapping(Initiated::uploadId, Collectors.toSet())));
    byKey.forEach((key, uploads) -> {
      findings.looked();
      if (uploads.size() > 1) {
        findings.violated(key, "was answered with %s", uploads);
      }
    });
  }
}
