package io.sluice.standalone.health;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a service says of itself at `/health/ready`.
///
/// @param status `ok`, `degraded` (it serves, but something is missing) or `unavailable`
/// @param checks the same words for each check
/// @param details one line for each check that has something to say
public record ServiceHealth(
    @Nullable String status,
    @Nullable Map<String, String> checks,
    @Nullable Map<String, String> details) {

  private static final Set<String> PLACES = Set.of("staging", "objects");
  private static final String OK = "ok";

  /// Whether it can do its work.
  public boolean isReady() {
    return OK.equals(status) || "degraded".equals(status);
  }

  /// Whether nothing is missing.
  public boolean isWell() {
    return OK.equals(status);
  }

  /// Whether it runs as well as it can until somebody has seen to the places of its bytes.
  public boolean isUpButForPlaces() {
    return isReady()
        || (checks != null
            && checks.entrySet().stream()
                .allMatch(check -> check.getValue().equals(OK) || PLACES.contains(check.getKey())));
  }

  /// One line for each thing that there is to say.
  public List<String> lines() {
    return details == null ? List.of() : List.copyOf(new TreeMap<>(details).values());
  }
}
