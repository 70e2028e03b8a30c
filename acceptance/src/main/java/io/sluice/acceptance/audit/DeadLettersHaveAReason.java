package io.sluice.acceptance.audit;

/// No job stays parked unless a fault of the run explains it.
final class DeadLettersHaveAReason implements Invariant {

  @Override
  public String name() {
    return "dead-letters-have-a-reason";
  }

  @Override
  public String sentence() {
    return "No job stays parked unless a fault of the run explains it.";
  }

  @Override
  public void check(World world, Findings findings) {
    world
        .database()
        .deadLetters()
        .forEach(letter -> {
          findings.looked();
          if (!world.rules().allowedDeadLetterCauses().contains(letter.cause())) {
            findings.violated(String.valueOf(letter.uploadId()), "a job is parked: %s", letter);
          }
        });
  }
}
