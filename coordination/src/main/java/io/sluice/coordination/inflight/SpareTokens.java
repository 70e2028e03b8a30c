package io.sluice.coordination.inflight;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Tokens whose request has ended and which Redis still counts, for the next request of the same upload.
final class SpareTokens {

  private record Spare(InflightToken token, long sinceNanos) {}

  private final Map<UUID, Deque<Spare>> byUpload = new HashMap<>();

  synchronized void keep(InflightToken token, long nowNanos) {
    byUpload
        .computeIfAbsent(token.uploadId(), id -> new ArrayDeque<>())
        .push(new Spare(token, nowNanos));
  }

  /// The one that was used last, so that the others grow old.
  synchronized @Nullable InflightToken take(UUID uploadId) {
    Deque<Spare> spares = byUpload.get(uploadId);
    if (spares == null) {
      return null;
    }
    InflightToken token = spares.pop().token();
    if (spares.isEmpty()) {
      byUpload.remove(uploadId);
    }
    return token;
  }

  List<InflightToken> takeAll() {
    return take(spare -> true);
  }

  List<InflightToken> takeUnusedSince(long nanos) {
    return take(spare -> spare.sinceNanos() - nanos <= 0);
  }

  private synchronized List<InflightToken> take(Predicate<Spare> which) {
    List<InflightToken> taken = new ArrayList<>();
    byUpload
        .values()
        .removeIf(spares -> {
          spares.removeIf(spare -> which.test(spare) && taken.add(spare.token()));
          return spares.isEmpty();
        });
    return taken;
  }
}
