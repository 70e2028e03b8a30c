package io.sluice.gateway.chunk;

import io.sluice.gateway.admission.Admission;
import io.sluice.gateway.admission.ChunkAdmission;
import io.sluice.gateway.auth.Caller;
import io.sluice.gateway.body.Bodies;
import io.sluice.gateway.body.RequestBody;
import io.sluice.gateway.upload.KnownUploads;
import io.sluice.gateway.upload.UploadFacts;
import io.sluice.gateway.upload.UploadId;
import io.sluice.model.chunk.ChunkStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.UUID;
import org.slf4j.MDC;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/// Chunks over HTTP. Everything that can be refused without the body is refused before it is read.
@RestController
final class ChunkController {

  record Answer(UUID uploadId, int chunkIndex, ChunkStatus status) {}

  private final KnownUploads uploads;
  private final ChunkIntake intake;
  private final ChunkAdmission admission;
  private final Bodies bodies;
  private final ChunkMetrics metrics;

  ChunkController(
      KnownUploads uploads,
      ChunkIntake intake,
      ChunkAdmission admission,
      Bodies bodies,
      ChunkMetrics metrics) {
    this.uploads = uploads;
    this.intake = intake;
    this.admission = admission;
    this.bodies = bodies;
    this.metrics = metrics;
  }

  @PutMapping(
      path = "/v1/uploads/{upload_id}/chunks/{chunk_index}",
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Answer> put(
      Caller caller,
      @PathVariable("upload_id") String uploadId,
      @PathVariable("chunk_index") String chunkIndex,
      HttpServletRequest request)
      throws IOException, InterruptedException {
    UploadFacts upload = uploads.find(UploadId.parse(uploadId), caller.ownerId());
    try (MDC.MDCCloseable _ = MDC.putCloseable("upload_id", uploadId);
        MDC.MDCCloseable _ = MDC.putCloseable("chunk_index", chunkIndex)) {
      IncomingChunk chunk = IncomingChunk.of(upload, chunkIndex, request);
      Standing standing = intake.look(chunk);
      ChunkStatus status =
          switch (admission.enter(upload.id())) {
            case Admission.Refused refused -> throw refused.asProblem();
            case Admission.Admitted admitted -> take(admitted, chunk, standing, request);
          };
      return ResponseEntity.accepted().body(new Answer(upload.id(), chunk.index(), status));
    }
  }

  private ChunkStatus take(
      Admission.Admitted admitted,
      IncomingChunk chunk,
      Standing standing,
      HttpServletRequest request)
      throws IOException {
    boolean taken = false;
    try (Admission.Permit _ = admitted.permit()) {
      RequestBody body = bodies.open(request);
      ChunkStatus status = intake.take(chunk, standing, body);
      taken = true;
      return status;
    } finally {
      if (!taken) {
        metrics.failed();
      }
    }
  }
}
