package io.sluice.runtime.health;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The answer to `/health/ready`.
///
/// @param status `ok`, `degraded` (ready, but something is missing) or `unavailable`
/// @param checks the same words for each check
/// @param details one line for each check that has something to say
record Readiness(String status, Map<String, String> checks, Map<String, String> details) {

  private static final String OK = "ok";
  private static final String DEGRADED = "degraded";
  private static final String UNAVAILABLE = "unavailable";

  /// What one check said.
  ///
  /// @param detail empty if there is nothing to say
  record Answer(Outcome outcome, String detail) {

    enum Outcome {
      PASSES,
      DEGRADED,
      FAILS
    }

    static Answer passed(Optional<String> note) {
      return new Answer(Outcome.PASSES, note.orElse(""));
    }

    static Answer degraded(String detail) {
      return new Answer(Outcome.DEGRADED, detail);
    }

    static Answer failed(String detail) {
      return new Answer(Outcome.FAILS, detail);
    }

    private String word(boolean isRequired) {
      return switch (outcome) {
        case PASSES -> OK;
        case DEGRADED -> Readiness.DEGRADED;
        case FAILS -> isRequired ? UNAVAILABLE : Readiness.DEGRADED;
      };
    }
  }

  Readiness {
    checks = Map.copyOf(checks);
    details = Map.copyOf(details);
  }

  static Readiness of(Collection<ReadinessCheck> asked, Function<ReadinessCheck, Answer> answers) {
    Map<String, String> checks = new TreeMap<>();
    Map<String, String> details = new TreeMap<>();
    for (ReadinessCheck check : asked) {
      Answer answer = answers.apply(check);
      checks.put(check.name(), answer.word(check.isRequired()));
      if (!answer.detail().isEmpty()) {
        details.put(check.name(), answer.detail());
      }
    }
    String worst =
        checks.containsValue(UNAVAILABLE)
            ? UNAVAILABLE
            : checks.containsValue(DEGRADED) ? DEGRADED : OK;
    return new Readiness(worst, checks, details);
  }

  boolean isReady() {
    return !status.equals(UNAVAILABLE);
  }
}
