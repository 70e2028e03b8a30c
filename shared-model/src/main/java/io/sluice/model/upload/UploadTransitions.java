package io.sluice.model.upload;

import static io.sluice.model.upload.UploadEvent.*;
import static io.sluice.model.upload.UploadStatus.*;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The states of an upload as data. The table `state_transitions` in PostgreSQL holds the same rows
/// behind a trigger; a test compares the two.
public final class UploadTransitions {

  /// One legal step.
  public record Transition(UploadStatus from, UploadEvent event, UploadStatus to) {}

  /// Every legal step. `INITIATED → COMPLETING` is the empty file, which has no chunk to wait for;
  /// `COMPLETING → DELETED` is a one-request file, readable before it is stored and so deletable.
  public static final List<Transition> TABLE =
      List.of(
          new Transition(INITIATED, FIRST_CHUNK, IN_PROGRESS),
          new Transition(INITIATED, COMPLETE, COMPLETING),
          new Transition(INITIATED, FAIL, FAILED),
          new Transition(INITIATED, ABORT, ABORTED),
          new Transition(IN_PROGRESS, COMPLETE, COMPLETING),
          new Transition(IN_PROGRESS, FAIL, FAILED),
          new Transition(IN_PROGRESS, ABORT, ABORTED),
          new Transition(COMPLETING, FINALIZE, COMPLETED),
          new Transition(COMPLETING, FAIL, FAILED),
          new Transition(COMPLETING, DELETE, DELETED),
          new Transition(COMPLETED, DELETE, DELETED));

  /// The states in which a row may be born: announced, streaming in one request of unknown length,
  /// or received whole in one request.
  public static final Set<UploadStatus> BIRTH =
      Set.copyOf(EnumSet.of(INITIATED, IN_PROGRESS, COMPLETING));

  private UploadTransitions() {}

  /// Judges an event. An event that was applied before, in whatever later state the upload is now,
  /// is [Judgement.Done]: redelivery must never look like an error.
  public static Judgement<UploadStatus> judge(UploadStatus state, UploadEvent event) {
    for (Transition row : TABLE) {
      if (row.from() == state && row.event() == event) {
        return new Judgement.Move<>(row.to());
      }
    }
    return appliedBefore(event).contains(state) ? new Judgement.Done<>() : new Judgement.Refuse<>();
  }

  private static Set<UploadStatus> appliedBefore(UploadEvent event) {
    return switch (event) {
      case FIRST_CHUNK -> EnumSet.of(IN_PROGRESS, COMPLETING, COMPLETED, DELETED);
      case COMPLETE -> EnumSet.of(COMPLETING, COMPLETED, DELETED);
      case FINALIZE -> EnumSet.of(COMPLETED, DELETED);
      case FAIL -> EnumSet.of(FAILED);
      case ABORT -> EnumSet.of(ABORTED);
      case DELETE -> EnumSet.of(DELETED);
    };
  }
}
