package io.sluice.standalone.supervision;

import java.io.IOException;

/// How a member is started, the first time and every time after it died.
@FunctionalInterface
public interface Start {

  /// Returns when it serves.
  Running start() throws IOException;
}
