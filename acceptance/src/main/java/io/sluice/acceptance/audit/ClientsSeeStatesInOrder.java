package io.sluice.acceptance.audit;

import io.sluice.acceptance.history.ClientHistory;
import io.sluice.acceptance.history.HistoryEvent;
import io.sluice.acceptance.history.HistoryEvent.StatusSeen;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// No client sees an upload go back to an earlier state, or leave a final one except by delete.
final class ClientsSeeStatesInOrder implements Invariant {

  @Override
  public String name() {
    return "clients-see-states-in-order";
  }

  @Override
  public String sentence() {
    return "No client sees an upload go back to an earlier state, or leave a final one except by delete.";
  }

  private static final Map<String, Integer> RANKS =
      Map.of(
          "INITIATED", 0,
          "IN_PROGRESS", 1,
          "COMPLETING", 2,
          "COMPLETED", 3,
          "FAILED", 3,
          "ABORTED", 3,
          "DELETED", 4);

  @Override
  public void check(World world, Findings findings) {
    for (ClientHistory client : world.promises().clients()) {
      Map<UUID, String> last = new HashMap<>();
      for (HistoryEvent event : client.events()) {
        if (event instanceof StatusSeen seen) {
          findings.looked();
          String before = last.put(seen.uploadId(), seen.status());
          if (before != null && !mayFollow(before, seen.status())) {
            findings.violated(
                seen.uploadId(), "%s saw %s after %s", client.client(), seen.status(), before);
          }
        }
      }
    }
  }

  private static boolean mayFollow(String before, String after) {
    return before.equals(after) || rank(before) < rank(after);
  }

  private static int rank(String status) {
    return RANKS.getOrDefault(status, -1);
  }
}
