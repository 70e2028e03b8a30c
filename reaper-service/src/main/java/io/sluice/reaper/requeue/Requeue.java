package io.sluice.reaper.requeue;

import io.sluice.model.job.Lane;
import io.sluice.reaper.requeue.FoundPart.Taken;
import io.sluice.reaper.requeue.StalledUploads.Waiting;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.run.Step;
import io.sluice.reaper.run.StepName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;

/// Makes jobs again for work that has none: PostgreSQL is the truth, Kafka only a hint.
@Component
final class Requeue implements Step {

  /// Less than any id.
  private static final UUID START = new UUID(0, 0);

  private final LostBefore lostBefore;
  private final PartTaking parts;
  private final PartJobs jobs;
  private final UploadJobs uploadJobs;
  private final StalledUploads stalled;
  private final CompletingUploads completing;
  private final RequeueSettings settings;

  /// Where the walks go on next time, so that a long walk does not begin anew and never end.
  private final AtomicReference<UUID> stalledAfter = new AtomicReference<>(START);

  private final AtomicReference<UUID> completingAfter = new AtomicReference<>(START);

  Requeue(
      LostBefore lostBefore,
      PartTaking parts,
      PartJobs jobs,
      UploadJobs uploadJobs,
      StalledUploads stalled,
      CompletingUploads completing,
      RequeueSettings settings) {
    this.lostBefore = lostBefore;
    this.parts = parts;
    this.jobs = jobs;
    this.uploadJobs = uploadJobs;
    this.stalled = stalled;
    this.completing = completing;
    this.settings = settings;
  }

  @Override
  public StepName name() {
    return StepName.REQUEUE;
  }

  @Override
  public void run(Run run) {
    for (Lane lane : Lane.values()) {
      Optional<Instant> before = lostBefore.in(lane);
      if (before.isEmpty()) {
        return; // Kafka is away: nothing could be enqueued either
      }
      if (!lost(lane, before.get(), run)) {
        return;
      }
    }
    if (callUpStalled(run)) {
      repairCompleting(run);
    }
  }

  private boolean lost(Lane lane, Instant before, Run run) {
    int batch = settings.batchSize();
    boolean more = true;
    for (int n = 0; more && n < settings.mostBatches() && run.mayGoOn(); n++) {
      List<FoundPart> found = parts.lost(lane, before, batch);
      List<Taken> taken = FoundPart.taken(found);
      run.repaired(Repair.LOST_PART, taken.size());
      if (!jobs.send(taken)) {
        return false;
      }
      more = !found.isEmpty();
    }
    more = lane == Lane.LIGHT;
    for (int n = 0; more && n < settings.mostBatches() && run.mayGoOn(); n++) {
      more = uploadJobs.requeueLost(before, batch, run);
    }
    return true;
  }

  private boolean callUpStalled(Run run) {
    for (int n = 0; n < settings.mostBatches() && run.mayGoOn(); n++) {
      List<Waiting> slice = stalled.next(stalledAfter.get(), settings.batchSize());
      for (Waiting upload : slice) {
        if (upload.stalled() && run.mayGoOn() && !callUp(upload.uploadId(), run)) {
          return false;
        }
      }
      boolean end = slice.size() < settings.batchSize();
      stalledAfter.set(end ? START : slice.getLast().uploadId());
      if (end) {
        return true;
      }
    }
    return true;
  }

  private boolean callUp(UUID uploadId, Run run) {
    List<Taken> taken =
        FoundPart.taken(parts.waiting(uploadId, settings.settleSeconds(), jobs.permits()));
    run.repaired(Repair.WAITING_PART, taken.size());
    return jobs.send(taken);
  }

  private void repairCompleting(Run run) {
    for (int n = 0; n < settings.mostBatches() && run.mayGoOn(); n++) {
      List<UUID> slice = completing.slice(completingAfter.get(), settings.batchSize());
      boolean end = slice.size() < settings.batchSize();
      if (!slice.isEmpty() && !completing.repair(slice, run)) {
        return;
      }
      completingAfter.set(end ? START : slice.getLast());
      if (end) {
        return;
      }
    }
  }
}
