package io.sluice.acceptance.history;

import java.util.List;

/// Everything one client saw, in order.
///
/// @param client the client's name
/// @param events oldest first
public record ClientHistory(String client, List<HistoryEvent> events) {

  public ClientHistory {
    events = List.copyOf(events);
  }
}
