package io.sluice.reaper.requeue;

import io.sluice.reaper.requeue.FoundPart.Taken;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.run.Step;
import io.sluice.reaper.run.StepName;
import java.util.List;
import org.springframework.stereotype.Component;

/// Enqueues whatever was put off until now.
@Component
final class Dispatch implements Step {

  private final PartTaking parts;
  private final PartJobs jobs;
  private final UploadJobs uploadJobs;
  private final RequeueSettings settings;

  Dispatch(PartTaking parts, PartJobs jobs, UploadJobs uploadJobs, RequeueSettings settings) {
    this.parts = parts;
    this.jobs = jobs;
    this.uploadJobs = uploadJobs;
    this.settings = settings;
  }

  @Override
  public StepName name() {
    return StepName.DISPATCH;
  }

  @Override
  public void run(Run run) {
    int batch = settings.batchSize();
    boolean more = true;
    for (int n = 0; more && n < settings.mostBatches() && run.mayGoOn(); n++) {
      more = dueParts(batch, run);
    }
    more = true;
    for (int n = 0; more && n < settings.mostBatches() && run.mayGoOn(); n++) {
      more = uploadJobs.requeueDue(batch, run);
    }
  }

  private boolean dueParts(int batch, Run run) {
    List<FoundPart> found = parts.due(batch);
    List<Taken> taken = FoundPart.taken(found);
    run.repaired(Repair.DUE_PART, taken.size());
    return jobs.send(taken) && !found.isEmpty();
  }
}
