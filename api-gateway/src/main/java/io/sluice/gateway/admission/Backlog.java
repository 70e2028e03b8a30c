package io.sluice.gateway.admission;

import io.sluice.model.problem.ThrottleReason;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What had not been stored at one moment.
///
/// @param enqueued chunks with a job in the queue or in hand, counted up to a bound
/// @param ownBacklog chunks not stored, waiting ones included, of uploads that chunks are coming for;
///     empty while nobody needs to share
/// @param uploads how many uploads have chunks in the queue
/// @param drainPerSecond chunks stored each second, of all uploads; 0 where it is not known
record Backlog(int enqueued, Map<UUID, Integer> ownBacklog, int uploads, double drainPerSecond) {

  static final Backlog NONE = new Backlog(0, Map.of(), 0, 0);

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration UNKNOWN = Duration.ofSeconds(5);

  Backlog {
    ownBacklog = Map.copyOf(ownBacklog);
  }

  /// What there is to say against one more chunk of an upload.
  ///
  /// @param maxsize of the queue
  /// @param permits jobs that one upload may have in the queue; never less than its share
  Optional<ThrottleReason> against(UUID uploadId, int maxsize, int permits) {
    if (enqueued >= maxsize) {
      return Optional.of(ThrottleReason.QUEUE_FULL);
    }
    int own = ownBacklog.getOrDefault(uploadId, 0);
    boolean others = uploads > 1 || (uploads == 1 && own == 0);
    if (mustShare(maxsize) && others && own >= share(maxsize, permits)) {
      return Optional.of(ThrottleReason.UPLOAD_FAIR_SHARE_LIMIT);
    }
    return Optional.empty();
  }

  boolean mustShare(int maxsize) {
    return mustShare(enqueued, maxsize);
  }

  static boolean mustShare(int enqueued, int maxsize) {
    return enqueued >= Math.ceilDiv(maxsize, 2);
  }

  private int share(int maxsize, int permits) {
    return Math.max(permits, maxsize / Math.max(1, uploads));
  }

  /// When there is likely to be room, from how fast chunks are being stored.
  Duration retryAfter(UUID uploadId, ThrottleReason reason, int maxsize, int permits) {
    if (drainPerSecond <= 0) {
      return UNKNOWN;
    }
    double seconds =
        reason == ThrottleReason.QUEUE_FULL
            ? (enqueued - maxsize + 1) / drainPerSecond
            : (ownBacklog.getOrDefault(uploadId, 0) - share(maxsize, permits) + 1)
                * uploads
                / drainPerSecond;
    Duration wait = Duration.ofMillis((long) (seconds * 1000));
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
