package io.sluice.gateway.file;

import io.sluice.failpoint.Failpoint;
import io.sluice.metadata.commit.GroupCommit;
import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import io.sluice.queue.produce.JobQueue;
import io.sluice.queue.produce.PendingJob;
import io.sluice.storage.object.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Commits files of at most one chunk and enqueues their jobs: one commit and one produce for all that come
/// while another commit is on its way (ADR 13).
@Component
final class FileCommits {

  private static final int MOST_FILES = 500;

  private final FileRows rows;
  private final JobQueue queue;
  private final ObjectStore store;
  private final GroupCommit<FileRow, Optional<Instant>> group =
      new GroupCommit<>(new CommitAndEnqueue(), file -> 1, MOST_FILES);

  FileCommits(FileRows rows, JobQueue queue, ObjectStore store) {
    this.rows = rows;
    this.queue = queue;
    this.store = store;
  }

  /// Commits a file, perhaps with others, and has its job enqueued.
  ///
  /// @return when it was committed, by the database
  /// @throws StaleBytesException the bytes were sealed too long ago
  /// @throws InterruptedException it may be committed, now or soon
  Instant commit(FileRow file) throws InterruptedException {
    return orStale(group.commit(List.of(file)));
  }

  /// Inserts it in the caller's own transaction, after which its job is for [#enqueue].
  Instant insert(FileRow file) {
    return orStale(rows.insert(List.of(file)));
  }

  /// Cannot fail: without a job the reaper finds it.
  void enqueue(StagedFile staged, Instant committed) {
    enqueueAll(List.of(new PendingJob(job(staged), committed)));
  }

  private static Instant orStale(List<Optional<Instant>> only) {
    return only.getFirst().orElseThrow(StaleBytesException::new);
  }

  private void enqueueAll(List<PendingJob> jobs) {
    Failpoint.hit("gateway.file-committed");
    queue.enqueueAll(jobs);
  }

  private Job job(StagedFile staged) {
    return staged.isEmpty()
        ? new Job.FinalizeUpload(staged.id())
        : new Job.StorePart(staged.id(), 0, null, Lane.ofParts(staged.plan(store.partLimits())));
  }

  private final class CommitAndEnqueue
      implements GroupCommit.Transaction<FileRow, Optional<Instant>> {

    @Override
    public List<Optional<Instant>> commit(List<FileRow> files) {
      return rows.insert(files);
    }

    @Override
    public void follow(List<FileRow> files, List<Optional<Instant>> committed) {
      List<PendingJob> jobs = new ArrayList<>(files.size());
      for (int i = 0; i < files.size(); i++) {
        Job job = job(files.get(i).staged());
        committed.get(i).ifPresent(at -> jobs.add(new PendingJob(job, at)));
      }
      enqueueAll(jobs);
    }
  }
}
