package io.sluice.gateway.admin;

/// How one job is brought back: first its rows, within the caller's transaction, then the job itself.
interface Revival {

  /// Makes the rows say that there is work to do. What needs none any more is left as it is.
  ///
  /// @throws io.sluice.gateway.problem.ProblemException 409: it is too late; the transaction must not be
  ///     committed
  void write();

  /// Makes the job, after the commit. That it fails costs time only: the reaper makes it then.
  void enqueue();
}
