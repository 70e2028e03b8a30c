package io.sluice.acceptance.workload;

/// What a client means to do with an upload when its chunks are sent.
public enum Ending {
  /// Complete it and wait.
  COMPLETE,
  /// Complete it without waiting, and look later.
  COMPLETE_LATER,
  /// Let it complete itself with its last chunk.
  AUTO_COMPLETE,
  /// Abort it half way.
  ABORT,
  /// Abort and complete it at the same time.
  ABORT_AND_COMPLETE,
  /// Go away half way; somebody comes back for it when the run is over.
  LEAVE,
  /// Complete it, then delete the file.
  DELETE
}
