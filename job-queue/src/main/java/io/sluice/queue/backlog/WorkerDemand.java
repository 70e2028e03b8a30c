package io.sluice.queue.backlog;

/// How many workers it takes to keep up with one lane and to work its backlog off in time.
///
/// Nobody measures how long a job takes, but Little's law bounds how much of the workers is busy: with
/// so many jobs unacknowledged on average, no more can have been in hand, and no more than all slots hold.
///
/// @param drainSeconds how soon a backlog should be worked off
/// @param jobsPerSlot most jobs that one slot has in hand
record WorkerDemand(double drainSeconds, int jobsPerSlot) {

  /// Leaves room for bursts, and for a worker that is being replaced.
  private static final double WANTED_UTILISATION = 0.75;

  /// Workers for one lane, at least one. Never more than twice what there are: what a queue shows of
  /// workers that are starting, or of a store that is slow, says little about many more of them.
  int workers(LaneFlow flow) {
    int present = flow.members().workers();
    if (present == 0 || flow.donePerSecond() <= 0) {
      return Math.max(1, present);
    }
    double busy = Math.min(1, flow.meanRecords() / ((double) flow.members().slots() * jobsPerSlot));
    double wantedPerSecond = flow.arrivalsPerSecond() + flow.records() / drainSeconds;
    double workers = present * busy * wantedPerSecond / flow.donePerSecond() / WANTED_UTILISATION;
    return Math.clamp((long) Math.ceil(workers), 1, 2 * present);
  }
}
