package io.sluice.worker.slot;

import io.sluice.metadata.commit.DatabaseOutage;
import io.sluice.model.job.Job;
import io.sluice.queue.slot.DeliveredJob;
import io.sluice.queue.slot.JobHandler;
import io.sluice.queue.slot.JobOutcome;
import io.sluice.worker.finalize.Finalizer;
import io.sluice.worker.purge.Purger;
import io.sluice.worker.store.StoreParts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/// Gives each job of a batch to the one who can do it. The parts of a batch go together, for one
/// commit; everything else goes beside them, each job for itself.
@Component
final class JobRouter implements JobHandler, DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(JobRouter.class);

  /// Each takes a database connection now and then.
  private static final int SINGLE_JOBS_AT_ONCE = 8;

  private final StoreParts storeParts;
  private final Finalizer finalizer;
  private final Purger purger;
  private final Semaphore places = new Semaphore(SINGLE_JOBS_AT_ONCE);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("light-job-", 0).factory());

  JobRouter(StoreParts storeParts, Finalizer finalizer, Purger purger) {
    this.storeParts = storeParts;
    this.finalizer = finalizer;
    this.purger = purger;
  }

  @Override
  public List<JobOutcome> handle(List<DeliveredJob> batch) throws InterruptedException {
    if (batch.stream().allMatch(delivered -> delivered.job() instanceof Job.StorePart)) {
      return storeParts.run(batch);
    }
    JobOutcome[] outcomes = new JobOutcome[batch.size()];
    Arrays.fill(outcomes, JobOutcome.DONE);
    List<Integer> parts = new ArrayList<>();
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      int position = i;
      DeliveredJob delivered = batch.get(i);
      switch (delivered.job()) {
        case Job.StorePart part -> parts.add(position);
        case Job.FinalizeUpload job ->
            work.add(() -> single(outcomes, position, () -> finalizer.run(delivered, job)));
        case Job.PurgeUpload job ->
            work.add(() -> single(outcomes, position, () -> purger.run(job)));
      }
    }
    if (!parts.isEmpty()) {
      work.add(() -> together(batch, parts, outcomes));
    }
    for (Future<Void> done : threads.invokeAll(work)) {
      await(done);
    }
    return List.of(outcomes);
  }

  @Override
  public void destroy() {
    threads.close();
  }

  private Void together(List<DeliveredJob> batch, List<Integer> positions, JobOutcome[] outcomes)
      throws InterruptedException {
    List<JobOutcome> answers;
    try {
      answers = storeParts.run(positions.stream().map(batch::get).toList());
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("batch broke");
      JobOutcome notNow = new JobOutcome.NotNow(String.valueOf(e.getMessage()));
      positions.forEach(position -> outcomes[position] = notNow);
      return null;
    }
    for (int i = 0; i < positions.size(); i++) {
      outcomes[positions.get(i)] = answers.get(i);
    }
    return null;
  }

  private Void single(JobOutcome[] outcomes, int position, Callable<JobOutcome> job)
      throws Exception {
    places.acquire();
    try {
      outcomes[position] = job.call();
    } catch (RuntimeException e) {
      if (!DatabaseOutage.explains(e)) {
        LOG.atError().setCause(e).log("job broke");
      }
      outcomes[position] = new JobOutcome.NotNow(String.valueOf(e.getMessage()));
    } finally {
      places.release();
    }
    return null;
  }

  private static void await(Future<Void> done) throws InterruptedException {
    try {
      done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException();
      }
      throw new IllegalStateException("a job broke", e.getCause());
    }
  }
}
