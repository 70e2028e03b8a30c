package io.sluice.standalone.services;

import java.io.IOException;

/// Gateway, workers and reaper, however they are run.
public interface Services {

  /// Returns when all of them serve.
  void start() throws IOException;

  /// Ends them in order: the gateway takes no more, the workers finish what they have in hand, the reaper goes last.
  void stop() throws IOException;
}
