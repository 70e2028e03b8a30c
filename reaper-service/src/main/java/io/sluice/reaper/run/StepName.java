package io.sluice.reaper.run;

import java.util.Locale;

/// The steps of the reaper, in the order of one pass: what ends uploads comes before what purges them,
/// and what makes jobs before what removes bytes. Each is also the name of a loop, of its lock in
/// PostgreSQL, and a value of the metric tag `loop`.
public enum StepName {
  /// Enqueues retries whose time has come.
  DISPATCH,
  EXPIRY,
  /// Finds lost jobs and work without a job.
  REQUEUE,
  PURGE,
  IDEMPOTENCY,
  PRUNE,
  STAGING_SWEEP,
  MULTIPART_SWEEP,
  OBJECT_SWEEP;

  /// The word for machines and for names of threads.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
