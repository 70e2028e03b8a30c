package io.sluice.gateway.admission;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.coordination.inflight.InflightCounters;
import io.sluice.coordination.inflight.InflightDecision;
import io.sluice.coordination.inflight.InflightToken;
import io.sluice.gateway.enqueue.PartQueue;
import io.sluice.model.problem.ThrottleReason;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/// Lets chunks in: so many at once for each upload and in all, and none while too many wait to be stored.
///
/// A request over a limit waits first, its body unread, so that a well-behaved client only slows down.
@Component
public final class ChunkAdmission {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final Duration SOON = Duration.ofSeconds(1);

  /// Stands for the uploads of files that come in one request.
  private static final UUID FILES = new UUID(0, 0);

  private final InflightCounters inflight;
  private final BacklogSample backlog;
  private final Throttling throttling;
  private final AdmissionSettings settings;
  private final PartQueue parts;
  private final Room room = new Room();

  ChunkAdmission(
      InflightCounters inflight,
      BacklogSample backlog,
      Throttling throttling,
      AdmissionSettings settings,
      PartQueue parts,
      MeterRegistry meters) {
    this.inflight = inflight;
    this.backlog = backlog;
    this.throttling = throttling;
    this.settings = settings;
    this.parts = parts;
    Gauge.builder("inflight.chunks", inflight, InflightCounters::enteredHere)
        .description("Chunk requests in progress in this process")
        .register(meters);
  }

  /// Admits a chunk of an upload, if need be after a wait.
  ///
  /// @throws org.springframework.dao.DataAccessException the database is away
  public Admission enter(UUID uploadId) throws InterruptedException {
    return enter(uploadId, settings.maxInflightChunksPerUpload());
  }

  /// The same for a file in one request. It is the one chunk of an upload that nobody else knows, so the limit of an
  /// upload says no more than whether there may be any.
  public Admission enterFile() throws InterruptedException {
    return enter(FILES, settings.maxInflightChunksPerUpload() == 0 ? 0 : Integer.MAX_VALUE);
  }

  private Admission enter(UUID uploadId, int perUploadLimit) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMillis(settings.waitMillis()).toNanos();
    while (true) {
      Attempt attempt = attempt(uploadId, perUploadLimit);
      if (attempt instanceof Attempt.Entered(InflightToken token)) {
        return new Admission.Admitted(permit(token));
      }
      Attempt.NoRoom noRoom = (Attempt.NoRoom) attempt;
      long left = deadline - System.nanoTime();
      if (left <= 0 || isForEver(noRoom.reason())) {
        return throttling.refuse(noRoom.reason(), noRoom.retryAfter());
      }
      room.await(Math.min(left, LOOK_AGAIN.toNanos()));
    }
  }

  private sealed interface Attempt {
    record Entered(InflightToken token) implements Attempt {}

    record NoRoom(ThrottleReason reason, Duration retryAfter) implements Attempt {}
  }

  private Attempt attempt(UUID uploadId, int perUploadLimit) {
    Backlog now = backlog.forChunkOf(uploadId);
    int maxsize = settings.taskQueueMaxsize();
    int permits = parts.permits();
    Optional<ThrottleReason> against = now.against(uploadId, maxsize, permits);
    if (against.isPresent()) {
      return new Attempt.NoRoom(
          against.get(), now.retryAfter(uploadId, against.get(), maxsize, permits));
    }
    return switch (inflight.tryEnter(
        uploadId, perUploadLimit, settings.maxGlobalInflightChunks())) {
      case InflightDecision.Entered(InflightToken token) -> new Attempt.Entered(token);
      case InflightDecision.Full(InflightDecision.Limit limit) ->
          new Attempt.NoRoom(
              limit == InflightDecision.Limit.UPLOAD
                  ? ThrottleReason.UPLOAD_INFLIGHT_LIMIT
                  : ThrottleReason.GLOBAL_INFLIGHT_LIMIT,
              SOON);
    };
  }

  /// A limit of 0 is not worth waiting for.
  private boolean isForEver(ThrottleReason reason) {
    return switch (reason) {
      case UPLOAD_INFLIGHT_LIMIT -> settings.maxInflightChunksPerUpload() == 0;
      case GLOBAL_INFLIGHT_LIMIT -> settings.maxGlobalInflightChunks() == 0;
      case QUEUE_FULL -> settings.taskQueueMaxsize() == 0;
      case UPLOAD_FAIR_SHARE_LIMIT, API_KEY_RATE_LIMIT -> false;
    };
  }

  private Admission.Permit permit(InflightToken token) {
    AtomicBoolean open = new AtomicBoolean(true);
    return () -> {
      if (open.getAndSet(false)) {
        inflight.leave(token);
        room.make();
      }
    };
  }
}
