package io.sluice.reaper.removal;

import io.sluice.reaper.run.Run;
import io.sluice.reaper.run.StepName;
import io.sluice.storage.place.PlaceGuard;
import io.sluice.storage.place.PlaceKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Stops whatever removes or ends something while a place that it concerns forbids that: the place is not
/// ours or not there, the database lacks rows that it had, or somebody takes a backup.
@Component
public final class Removals {

  private static final Logger LOG = LoggerFactory.getLogger(Removals.class);

  private final PlaceGuard guard;
  private final Map<StepName, String> reasons = new ConcurrentHashMap<>();

  Removals(PlaceGuard guard) {
    this.guard = guard;
  }

  /// The same run, which may go on only while all of these places allow removals. They are asked before
  /// each batch, as the run itself is.
  public Run guarded(Run run, StepName step, PlaceKind... places) {
    List<PlaceKind> all = List.copyOf(Arrays.asList(places));
    return run.onlyWhile(() -> allowed(step, all));
  }

  private boolean allowed(StepName step, List<PlaceKind> places) {
    Optional<String> reason =
        places.stream().flatMap(kind -> guard.noRemoval(kind).stream()).findFirst();
    if (reason.isPresent()) {
      if (!reason.get().equals(reasons.put(step, reason.get()))) {
        LOG.atError()
            .addKeyValue("step", step.wire())
            .addKeyValue("reason", reason.get())
            .log("nothing is removed");
      }
    } else if (reasons.remove(step) != null) {
      LOG.atInfo().addKeyValue("step", step.wire()).log("removing again");
    }
    return reason.isEmpty();
  }
}
