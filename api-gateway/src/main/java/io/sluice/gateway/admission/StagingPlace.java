package io.sluice.gateway.admission;

import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.model.problem.ProblemCode;
import io.sluice.storage.place.PlaceGuard;
import io.sluice.storage.place.PlaceKind;
import io.sluice.storage.staging.BodyLengthException;
import io.sluice.storage.staging.BodyReadException;
import io.sluice.storage.staging.StageRequest;
import io.sluice.storage.staging.StagedBytes;
import io.sluice.storage.staging.StagingFullException;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// The way of bytes into staging. Lets none into a place that is away or somebody else's: it would be
/// acknowledged and lost. What staging itself cannot do is never the client's fault, and passes.
///
/// The operator is told why by the log and by `/health/ready`, the client only that it should come again.
@Component
public final class StagingPlace {

  private static final Logger LOG = LoggerFactory.getLogger(StagingPlace.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final PlaceGuard guard;
  private final StagingStore staging;

  StagingPlace(PlaceGuard guard, StagingStore staging) {
    this.guard = guard;
    this.staging = staging;
  }

  /// To be asked before a body is read.
  ///
  /// @throws ProblemException 503
  public void check() {
    if (guard.trouble(PlaceKind.STAGING).isPresent()) {
      throw away(null);
    }
  }

  /// Looks whether staging has room for so much more.
  ///
  /// @throws StagingFullException it has not
  /// @throws ProblemException 503: it cannot be asked
  public void checkRoom(long sizeBytes) throws StagingFullException {
    check();
    try {
      staging.checkRoom(sizeBytes);
    } catch (StagingFullException e) {
      throw e;
    } catch (IOException e) {
      throw away(e);
    }
  }

  /// Makes a body durable in staging.
  ///
  /// @throws BodyLengthException it is not as long as was said; nothing is kept
  /// @throws BodyReadException it broke off; nothing is kept
  /// @throws StagingFullException there is no room; nothing is kept
  /// @throws ProblemException 503: staging cannot be written
  public StagedBytes stage(StageRequest request, ReadableByteChannel body) throws IOException {
    check();
    try {
      return staging.stage(request, body);
    } catch (BodyLengthException | BodyReadException | StagingFullException e) {
      throw e;
    } catch (IOException e) {
      throw away(e);
    }
  }

  /// Removes bytes that no row names and that were staged for nothing. What stays is the sweeper's.
  public void discard(StagedBytes staged) {
    try {
      staging.delete(List.of(staged.stagingKey()));
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("staged bytes without a row are left to the sweeper");
    }
  }

  private static ProblemException away(@Nullable Throwable cause) {
    if (cause != null) {
      LOG.atWarn().setCause(cause).log("staging failed");
    }
    return new ProblemException(
        new Problem(ProblemCode.SERVICE_UNAVAILABLE, "Nothing can be taken in just now.")
            .retryAfter(RETRY_AFTER));
  }
}
