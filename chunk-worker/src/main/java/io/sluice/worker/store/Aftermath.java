package io.sluice.worker.store;

import io.sluice.coordination.signal.UploadSignals;
import io.sluice.failpoint.Failpoint;
import io.sluice.queue.produce.JobQueue;
import io.sluice.queue.produce.PendingJob;
import io.sluice.storage.place.PlaceGuard;
import io.sluice.storage.place.PlaceKind;
import io.sluice.storage.staging.StagingStore;
import io.sluice.worker.retry.ParkedJobs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is left to do for a whole batch once PostgreSQL knows: tell who waits, enqueue what follows,
/// clear staging. None of it may fail the batch: whatever does not happen is made up for by the reaper.
///
/// The queue comes before staging, so that the next part need not wait for the deletes.
final class Aftermath {

  private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);

  private final List<UUID> ended = new ArrayList<>();
  private final List<PendingJob> jobs = new ArrayList<>();
  private final List<String> stagingKeys = new ArrayList<>();
  private final Set<String> overcome = new HashSet<>();

  void tellEnded(UUID uploadId) {
    ended.add(uploadId);
  }

  void enqueue(PendingJob job) {
    jobs.add(job);
  }

  void clear(Collection<String> keys) {
    stagingKeys.addAll(keys);
  }

  /// A job that had been parked for this was done.
  void release(String cause) {
    overcome.add(cause);
  }

  void run(
      UploadSignals signals,
      JobQueue queue,
      StagingStore staging,
      PlaceGuard places,
      ParkedJobs parked) {
    ended.forEach(signals::publish);
    if (!jobs.isEmpty()) {
      queue.enqueueAll(jobs);
    }
    overcome.forEach(parked::release);
    Failpoint.hit("worker.handed-on");
    // What stays because nothing may be removed now is the sweeper's later.
    if (!stagingKeys.isEmpty() && places.noRemoval(PlaceKind.STAGING).isEmpty()) {
      try {
        staging.delete(stagingKeys);
      } catch (IOException | RuntimeException e) {
        LOG.atWarn().addKeyValue("keys", stagingKeys.size()).setCause(e).log("staging not cleared");
      }
      Failpoint.hit("worker.staging-deleted");
    }
  }
}
