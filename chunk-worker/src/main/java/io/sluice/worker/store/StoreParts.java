package io.sluice.worker.store;

import io.sluice.coordination.signal.UploadSignals;
import io.sluice.failpoint.Failpoint;
import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.metadata.time.DatabaseClock;
import io.sluice.model.job.Job.StorePart;
import io.sluice.queue.produce.JobQueue;
import io.sluice.queue.slot.DeliveredJob;
import io.sluice.queue.slot.JobOutcome;
import io.sluice.storage.staging.StagingStore;
import io.sluice.worker.retry.Triage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Stores the parts of a batch of jobs: bytes side by side, then one commit for all of them, then
/// whatever follows. Effect first, then row, then acknowledgement, so that a crash anywhere in between
/// only means that it is done again.
@Component
public class StoreParts {

  private static final Logger LOG = LoggerFactory.getLogger(StoreParts.class);

  private final PartLoader loader;
  private final ConcurrentPuts puts;
  private final GroupCommit commits;
  private final PartSettlement settlement;
  private final UploadSignals signals;
  private final JobQueue queue;
  private final StagingStore staging;
  private final DatabaseClock clock;
  private final StoreMetrics metrics;

  StoreParts(
      PartLoader loader,
      ConcurrentPuts puts,
      GroupCommit commits,
      PartSettlement settlement,
      UploadSignals signals,
      JobQueue queue,
      StagingStore staging,
      DatabaseClock clock,
      StoreMetrics metrics) {
    this.loader = loader;
    this.puts = puts;
    this.commits = commits;
    this.settlement = settlement;
    this.signals = signals;
    this.queue = queue;
    this.staging = staging;
    this.clock = clock;
    this.metrics = metrics;
  }

  private record Task(int position, DeliveredJob delivered, StorePart job) {}

  private record Part(UUID uploadId, int part) {}

  /// Runs jobs that are all [StorePart], and answers for each in their order.
  public List<JobOutcome> run(List<DeliveredJob> batch) throws InterruptedException {
    metrics.takenUp(batch.size());
    try {
      JobOutcome[] outcomes = new JobOutcome[batch.size()];
      Arrays.fill(outcomes, JobOutcome.DONE);
      for (List<Task> wave : waves(batch)) {
        runWave(wave, outcomes);
      }
      return List.of(outcomes);
    } finally {
      metrics.settled(batch.size());
    }
  }

  /// The same part twice in one batch is done once, and then found done.
  private static List<List<Task>> waves(List<DeliveredJob> batch) {
    List<Task> first = new ArrayList<>();
    List<Task> again = new ArrayList<>();
    Set<Part> seen = new HashSet<>();
    for (int i = 0; i < batch.size(); i++) {
      DeliveredJob delivered = batch.get(i);
      if (!(delivered.job() instanceof StorePart job)) {
        throw new IllegalArgumentException("not a part to store: " + delivered.job());
      }
      boolean isFirst = seen.add(new Part(job.uploadId(), job.part()));
      (isFirst ? first : again).add(new Task(i, delivered, job));
    }
    if (again.isEmpty()) {
      return List.of(first);
    }
    List<List<Task>> waves = new ArrayList<>(List.of(first));
    again.forEach(task -> waves.add(List.of(task)));
    return waves;
  }

  private void runWave(List<Task> wave, JobOutcome[] outcomes) throws InterruptedException {
    List<PartJudgement> judgements;
    try {
      judgements = loader.judge(wave.stream().map(Task::job).toList());
    } catch (RuntimeException e) {
      judgeAlone(wave, outcomes, e);
      return;
    }
    Failpoint.hit("worker.job-judged");
    Aftermath after = new Aftermath();
    List<Task> storing = new ArrayList<>();
    List<PartWork> parts = new ArrayList<>();
    for (int i = 0; i < wave.size(); i++) {
      Task task = wave.get(i);
      PartJudgement judgement = judgements.get(i);
      if (judgement instanceof PartJudgement.Store(PartWork work)) {
        storing.add(task);
        parts.add(work);
      } else {
        settle(
            task,
            outcomes,
            () -> {
              settlement.judged(task.delivered(), task.job(), judgement, after);
              return JobOutcome.DONE;
            });
      }
    }
    store(storing, parts, outcomes, after);
    after.run(signals, queue, staging);
  }

  /// Rows that break one job shall not hold up the others.
  private void judgeAlone(List<Task> wave, JobOutcome[] outcomes, RuntimeException met)
      throws InterruptedException {
    if (wave.size() == 1 || Triage.databaseIsAway(met)) {
      wave.forEach(task -> outcomes[task.position()] = broken(task, met));
      return;
    }
    for (Task task : wave) {
      runWave(List.of(task), outcomes);
    }
  }

  private void store(List<Task> tasks, List<PartWork> parts, JobOutcome[] outcomes, Aftermath after)
      throws InterruptedException {
    if (parts.isEmpty()) {
      return;
    }
    parts.forEach(this::countWait);
    List<PutOutcome> bytes = puts.putAll(parts);
    List<Task> put = new ArrayList<>();
    List<StoredWork> stored = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      switch (bytes.get(i)) {
        case PutOutcome.Put done -> {
          put.add(task);
          stored.add(done.stored());
        }
        case PutOutcome.Moot(PartWork work) ->
            settle(
                task,
                outcomes,
                () -> {
                  settlement.moot(task.delivered(), work, after);
                  return JobOutcome.DONE;
                });
        case PutOutcome.Failed(PartWork work, Exception met) ->
            settle(task, outcomes, () -> settlement.failed(task.delivered(), work, met, after));
      }
    }
    commit(put, stored, outcomes, after);
  }

  private void commit(
      List<Task> tasks, List<StoredWork> stored, JobOutcome[] outcomes, Aftermath after)
      throws InterruptedException {
    List<CommitOutcome> committed;
    try {
      committed = commits.commit(stored);
    } catch (RuntimeException e) {
      for (int i = 0; i < tasks.size(); i++) {
        Task task = tasks.get(i);
        PartWork work = stored.get(i).work();
        settle(task, outcomes, () -> settlement.failed(task.delivered(), work, e, after));
      }
      return;
    }
    Failpoint.hit("worker.committed");
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      CommitOutcome outcome = committed.get(i);
      settle(
          task,
          outcomes,
          () -> {
            settlement.committed(task.delivered(), outcome, after);
            return JobOutcome.DONE;
          });
    }
  }

  private interface Settling {
    JobOutcome run() throws InterruptedException;
  }

  private static void settle(Task task, JobOutcome[] outcomes, Settling settling)
      throws InterruptedException {
    try {
      outcomes[task.position()] = settling.run();
    } catch (RuntimeException e) {
      outcomes[task.position()] = broken(task, e);
    }
  }

  /// What goes wrong with one job stays with that job. A defect is not tried again here, where it would
  /// hold a slot: the rows stay as they are, and the reaper makes a new job of them in its own time.
  private static JobOutcome broken(Task task, RuntimeException met) {
    if (Triage.databaseIsAway(met)) {
      return new JobOutcome.NotNow(String.valueOf(met.getMessage()));
    }
    LOG.atError().addKeyValue("upload_id", task.job().uploadId()).setCause(met).log("job broke");
    return JobOutcome.DONE;
  }

  private void countWait(PartWork work) {
    Instant staged = Collections.max(work.chunks().stream().map(ChunkRow::stagedAt).toList());
    Duration waited = Duration.between(staged, clock.now());
    metrics.waited(waited.isNegative() ? Duration.ZERO : waited);
  }
}
