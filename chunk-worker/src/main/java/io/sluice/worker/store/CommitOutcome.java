package io.sluice.worker.store;

import io.sluice.queue.produce.PendingJob;
import io.sluice.worker.store.WaitingParts.Taken;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the commit of one stored part came to.
sealed interface CommitOutcome {

  /// Its rows say STORED now.
  ///
  /// @param next what follows for its upload
  /// @param taken the next waiting part of its upload, marked as enqueued in the same transaction
  /// @param parkedFor why it had been parked, if it had
  record Committed(StoredWork stored, Next next, @Nullable Taken taken, Optional<String> parkedFor)
      implements CommitOutcome {}

  /// Its rows are not what they were when the job was taken up: nothing was changed.
  record SomeoneWasFirst(StoredWork stored) implements CommitOutcome {}

  /// The upload ended before the bytes landed: they are to be removed again.
  record LandedTooLate(StoredWork stored, PendingJob purge) implements CommitOutcome {}

  /// What follows for the upload of a stored part.
  sealed interface Next {

    /// Other parts are still to come, or the client has not asked for the file yet.
    record Wait() implements Next {}

    /// This job is to be enqueued.
    record Enqueue(PendingJob job) implements Next {}

    /// The upload is COMPLETED.
    record Completed() implements Next {}

    /// The upload is FAILED.
    record Failed(PendingJob purge) implements Next {}
  }
}
