package io.sluice.reaper.run;

import java.io.IOException;

/// One kind of repair.
///
/// Finds its own work, takes it in bounded batches, asks [Run#mayGoOn] between them, and guards every
/// change, so that it may run anywhere, any number of times, and be killed at any point.
public interface Step {

  StepName name();

  /// Works until nothing is left, or until it may not go on.
  ///
  /// @throws IOException staging or the object store did not answer; the next run tries again
  /// @throws org.springframework.dao.DataAccessException PostgreSQL did not answer
  void run(Run run) throws IOException;
}
