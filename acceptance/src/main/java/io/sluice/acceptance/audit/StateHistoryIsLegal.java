package io.sluice.acceptance.audit;

import io.sluice.acceptance.facts.StateChange;
import io.sluice.acceptance.facts.UploadFact;
import java.util.List;
import java.util.Set;

/// The recorded history of every upload begins with its birth, skips no edge, turns nowhere back, and ends at its present state.
final class StateHistoryIsLegal implements Invariant {

  @Override
  public String name() {
    return "state-history-is-legal";
  }

  @Override
  public String sentence() {
    return "The recorded history of every upload begins with its birth, skips no edge, turns nowhere back, and ends at its present state.";
  }

  /// From architecture.md, written down again so that a wrong table in the product shows. `` is birth.
  private static final Set<String> LEGAL =
      Set.of(
          ">INITIATED",
          ">IN_PROGRESS",
          ">COMPLETING",
          "INITIATED>IN_PROGRESS",
          "INITIATED>COMPLETING",
          "INITIATED>FAILED",
          "INITIATED>ABORTED",
          "IN_PROGRESS>COMPLETING",
          "IN_PROGRESS>FAILED",
          "IN_PROGRESS>ABORTED",
          "COMPLETING>COMPLETED",
          "COMPLETING>FAILED",
          "COMPLETING>DELETED",
          "COMPLETED>DELETED");

  @Override
  public void check(World world, Findings findings) {
    for (UploadFact upload : world.database().uploads().values()) {
      findings.looked();
      check(upload, world.database().changesOf(upload.id()), findings);
    }
    world
        .database()
        .changes()
        .keySet()
        .forEach(uploadId -> {
          if (world.upload(uploadId).isEmpty()) {
            findings.violated(uploadId, "has a history and no row");
          }
        });
  }

  private static void check(UploadFact upload, List<StateChange> changes, Findings findings) {
    String state = "";
    for (StateChange change : changes) {
      if (!change.from().equals(state)) {
        findings.violated(upload.id(), "was %s and then left %s", state, change.from());
      }
      if (!LEGAL.contains(change.from() + ">" + change.to())) {
        findings.violated(upload.id(), "went from %s to %s", change.from(), change.to());
      }
      state = change.to();
    }
    if (!state.equals(upload.status())) {
      findings.violated(upload.id(), "is %s, its history ends with %s", upload.status(), state);
    }
  }
}
