package io.sluice.worker.store;

import io.sluice.coordination.signal.UploadSignals;
import io.sluice.failpoint.Failpoint;
import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.metadata.commit.DatabaseOutage;
import io.sluice.metadata.time.DatabaseClock;
import io.sluice.model.job.Job.StorePart;
import io.sluice.queue.produce.JobQueue;
import io.sluice.queue.slot.DeliveredJob;
import io.sluice.queue.slot.JobOutcome;
import io.sluice.storage.place.PlaceGuard;
import io.sluice.storage.staging.StagingStore;
import io.sluice.worker.retry.ParkedJobs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
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
  private final StoreCommits commits;
  private final PartSettlement settlement;
  private final UploadSignals signals;
  private final JobQueue queue;
  private final StagingStore staging;
  private final DatabaseClock clock;
  private final StoreMetrics metrics;
  private final RowsInHand rows;
  private final PartLeases leases;
  private final PlaceGuard places;
  private final ParkedJobs parked;

  StoreParts(
      PartLoader loader,
      ConcurrentPuts puts,
      StoreCommits commits,
      PartSettlement settlement,
      UploadSignals signals,
      JobQueue queue,
      StagingStore staging,
      DatabaseClock clock,
      StoreMetrics metrics,
      RowsInHand rows,
      PartLeases leases,
      PlaceGuard places,
      ParkedJobs parked) {
    this.loader = loader;
    this.puts = puts;
    this.commits = commits;
    this.settlement = settlement;
    this.signals = signals;
    this.queue = queue;
    this.staging = staging;
    this.clock = clock;
    this.metrics = metrics;
    this.rows = rows;
    this.leases = leases;
    this.places = places;
    this.parked = parked;
  }

  /// Runs jobs that are all [StorePart], and answers for each in their order.
  public List<JobOutcome> run(List<DeliveredJob> batch) throws InterruptedException {
    metrics.takenUp(batch.size());
    try {
      JobOutcome[] outcomes = new JobOutcome[batch.size()];
      Arrays.fill(outcomes, JobOutcome.DONE);
      List<Integer> all = IntStream.range(0, batch.size()).boxed().toList();
      run(batch, all, outcomes);
      return List.of(outcomes);
    } finally {
      metrics.settled(batch.size());
    }
  }

  private void run(List<DeliveredJob> batch, List<Integer> positions, JobOutcome[] outcomes)
      throws InterruptedException {
    List<StorePart> jobs = positions.stream().map(position -> partOf(batch.get(position))).toList();
    List<PartPlace> places;
    try {
      places = loader.find(jobs);
    } catch (RuntimeException e) {
      if (jobs.size() == 1 || DatabaseOutage.explains(e)) {
        positions.forEach(at -> outcomes[at] = broken(batch.get(at).job().uploadId(), e));
        return;
      }
      for (Integer position : positions) {
        run(batch, List.of(position), outcomes);
      }
      return;
    }
    List<PartTask> tasks = new ArrayList<>(jobs.size());
    for (int i = 0; i < jobs.size(); i++) {
      int position = positions.get(i);
      tasks.add(new PartTask(position, batch.get(position), places.get(i)));
    }
    for (List<PartTask> wave : Waves.of(tasks)) {
      int count = Waves.rowsOf(wave);
      rows.take(count);
      try {
        runWave(wave, outcomes);
      } finally {
        rows.giveBack(count);
      }
    }
  }

  private static StorePart partOf(DeliveredJob delivered) {
    if (delivered.job() instanceof StorePart job) {
      return job;
    }
    throw new IllegalArgumentException("not a part to store: " + delivered.job());
  }

  private void runWave(List<PartTask> wave, JobOutcome[] outcomes) throws InterruptedException {
    List<PartJudgement> judgements;
    try {
      judgements = loader.judge(wave.stream().map(PartTask::place).toList());
    } catch (RuntimeException e) {
      judgeAlone(wave, outcomes, e);
      return;
    }
    Failpoint.hit("worker.job-judged");
    Aftermath after = new Aftermath();
    List<PartTask> storing = new ArrayList<>();
    List<PartWork> parts = new ArrayList<>();
    for (int i = 0; i < wave.size(); i++) {
      PartTask task = wave.get(i);
      PartJudgement judgement = judgements.get(i);
      if (judgement instanceof PartJudgement.Store(PartWork work)) {
        settle(
            task,
            outcomes,
            () -> {
              if (leases.isTaken(work)) {
                settlement.moot(task.delivered(), work, after);
              } else {
                storing.add(task);
                parts.add(work);
              }
              return JobOutcome.DONE;
            });
      } else {
        settle(
            task,
            outcomes,
            () -> {
              settlement.judged(task.delivered(), task.place().job(), judgement, after);
              return JobOutcome.DONE;
            });
      }
    }
    PartLeases.Hold hold = leases.take(parts);
    boolean settled = false;
    try {
      store(storing, parts, outcomes, after);
      settled = true;
    } finally {
      if (settled) {
        leases.settled(hold);
      } else {
        leases.giveBack(hold);
      }
    }
    after.run(signals, queue, staging, places, parked);
  }

  /// Rows that break one job shall not hold up the others.
  private void judgeAlone(List<PartTask> wave, JobOutcome[] outcomes, RuntimeException met)
      throws InterruptedException {
    if (wave.size() == 1 || DatabaseOutage.explains(met)) {
      wave.forEach(task -> outcomes[task.position()] = broken(task.place().job().uploadId(), met));
      return;
    }
    for (PartTask task : wave) {
      runWave(List.of(task), outcomes);
    }
  }

  private void store(
      List<PartTask> tasks, List<PartWork> parts, JobOutcome[] outcomes, Aftermath after)
      throws InterruptedException {
    if (parts.isEmpty()) {
      return;
    }
    parts.forEach(this::countWait);
    List<PutOutcome> bytes = puts.putAll(parts);
    List<PartTask> put = new ArrayList<>();
    List<StoredWork> stored = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      PartTask task = tasks.get(i);
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
      List<PartTask> tasks, List<StoredWork> stored, JobOutcome[] outcomes, Aftermath after)
      throws InterruptedException {
    List<CommitOutcome> committed;
    try {
      committed = commits.commit(stored);
    } catch (RuntimeException e) {
      for (int i = 0; i < tasks.size(); i++) {
        PartTask task = tasks.get(i);
        PartWork work = stored.get(i).work();
        settle(task, outcomes, () -> settlement.failed(task.delivered(), work, e, after));
      }
      return;
    }
    Failpoint.hit("worker.committed");
    for (int i = 0; i < tasks.size(); i++) {
      PartTask task = tasks.get(i);
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

  private static void settle(PartTask task, JobOutcome[] outcomes, Settling settling)
      throws InterruptedException {
    try {
      outcomes[task.position()] = settling.run();
    } catch (RuntimeException e) {
      outcomes[task.position()] = broken(task.place().job().uploadId(), e);
    }
  }

  /// What goes wrong with one job stays with that job. A defect is not tried again here, where it would
  /// hold a slot: the rows stay as they are, and the reaper makes a new job of them in its own time.
  private static JobOutcome broken(UUID uploadId, RuntimeException met) {
    if (DatabaseOutage.explains(met)) {
      return new JobOutcome.NotNow(String.valueOf(met.getMessage()));
    }
    LOG.atError().addKeyValue("upload_id", uploadId).setCause(met).log("job broke");
    return JobOutcome.DONE;
  }

  private void countWait(PartWork work) {
    Instant staged = Collections.max(work.chunks().stream().map(ChunkRow::stagedAt).toList());
    Duration waited = Duration.between(staged, clock.now());
    metrics.waited(waited.isNegative() ? Duration.ZERO : waited);
  }
}
