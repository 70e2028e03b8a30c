package io.sluice.worker.store;

import io.sluice.worker.upload.WorkUpload;
import org.jspecify.annotations.Nullable;

/// What the rows say to a job that wants to store a part.
sealed interface PartJudgement {

  /// Every chunk is staged, or was and is looked for again: store them.
  record Store(PartWork work) implements PartJudgement {}

  /// It was done before. What may be left is to clear up.
  record AlreadyStored(PartWork work) implements PartJudgement {}

  /// The upload ended without becoming a file.
  record Ended(WorkUpload upload) implements PartJudgement {}

  /// A chunk is missing; the client's next request makes a new job.
  record Incomplete(PartWork work) implements PartJudgement {}

  /// There is no such upload or part, or its size is not known yet.
  ///
  /// @param upload null if there is none
  record Nothing(@Nullable WorkUpload upload, String why) implements PartJudgement {}
}
