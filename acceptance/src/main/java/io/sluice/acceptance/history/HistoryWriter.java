package io.sluice.acceptance.history;

/// Takes what a client saw, in the order it saw it.
@FunctionalInterface
public interface HistoryWriter {

  /// Keeps an event; on return it survives the end of the client.
  void write(HistoryEvent event);
}
