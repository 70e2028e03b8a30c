package io.sluice.gateway.completion;

import io.sluice.coordination.signal.UploadSignals;
import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.metadata.upload.Upload;
import io.sluice.metadata.upload.Uploads;
import io.sluice.model.problem.ProblemCode;
import io.sluice.model.upload.UploadStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Waits for an upload to end: for the signal, and because a signal can be lost, by looking now and then.
@Component
final class EndOfUpload {

  private static final Duration FIRST_LOOK = Duration.ofMillis(50);
  private static final Duration SELDOM = Duration.ofSeconds(1);

  private final UploadSignals signals;
  private final Uploads uploads;

  EndOfUpload(UploadSignals signals, Uploads uploads) {
    this.signals = signals;
    this.uploads = uploads;
  }

  /// The upload, COMPLETED or, when the time is over, COMPLETING.
  ///
  /// @throws ProblemException 409: it ended otherwise
  Upload await(UUID id, Duration patience) throws InterruptedException {
    if (patience.isZero()) {
      return judged(find(id));
    }
    long deadline = System.nanoTime() + patience.toNanos();
    try (UploadSignals.Watch watch = signals.watch(id)) {
      Duration pause = FIRST_LOOK;
      while (true) {
        Upload upload = judged(find(id));
        long left = deadline - System.nanoTime();
        if (upload.status() == UploadStatus.COMPLETED || left <= 0) {
          return upload;
        }
        Duration wait = pause.toNanos() < left ? pause : Duration.ofNanos(left);
        // A signal is heard once; after it only looking helps, so the pace stays.
        pause = watch.await(wait) ? FIRST_LOOK : longer(pause);
      }
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(SELDOM) < 0 ? twice : SELDOM;
  }

  private Upload find(UUID id) {
    return uploads.findById(id).orElseThrow(ProblemException::notFound);
  }

  private static Upload judged(Upload upload) {
    return switch (upload.status()) {
      case COMPLETING, COMPLETED -> upload;
      case FAILED -> throw failed(upload);
      case INITIATED, IN_PROGRESS, ABORTED, DELETED ->
          throw new ProblemException(
              ProblemCode.UPLOAD_NOT_ACTIVE,
              "The upload is " + upload.status() + " and cannot be completed.");
    };
  }

  private static ProblemException failed(Upload upload) {
    String code = upload.endCode() == null ? "failed" : upload.endCode();
    String detail = upload.endDetail() == null ? "The upload failed." : upload.endDetail();
    ProblemCode known =
        Arrays.stream(ProblemCode.values())
            .filter(candidate -> candidate.status() == 409 && candidate.wire().equals(code))
            .findFirst()
            .orElse(ProblemCode.UPLOAD_NOT_ACTIVE);
    return new ProblemException(
        new Problem(known, detail).with("failure", Map.of("code", code, "detail", detail)));
  }
}
