package io.sluice.standalone.supervision;

import java.io.IOException;

/// One run of a member, from its start to its end.
public interface Running {

  /// Its process; this one, if it runs in it.
  long pid();

  /// Whether it still runs.
  boolean isAlive();

  /// Ends it in order, or clears up after one that ended by itself, and returns when that is done.
  void stop() throws IOException;
}
