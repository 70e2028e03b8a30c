package io.sluice.gateway.completion;

import io.sluice.gateway.audit.AuditLog;
import io.sluice.gateway.auth.Caller;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.gateway.request.JsonBody;
import io.sluice.gateway.upload.UploadId;
import io.sluice.metadata.upload.Upload;
import io.sluice.model.upload.UploadStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.UUID;
import org.slf4j.MDC;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// The end of an upload over HTTP.
@RestController
final class CompletionController {

  private final Completion completion;
  private final EndOfUpload end;
  private final AuditLog audit;
  private final Duration usualWait;

  CompletionController(
      Completion completion, EndOfUpload end, AuditLog audit, CompletionSettings settings) {
    this.completion = completion;
    this.end = end;
    this.audit = audit;
    this.usualWait = Duration.ofSeconds(settings.completeWaitSeconds());
  }

  @PostMapping(
      path = "/v1/uploads/{upload_id}/complete",
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<CompleteAnswer> complete(
      Caller caller, @PathVariable("upload_id") String uploadId, HttpServletRequest request)
      throws IOException, InterruptedException, HttpMediaTypeNotSupportedException {
    UUID id = UploadId.parse(uploadId);
    CompleteRequest body =
        JsonBody.read(request, CompleteRequest.class).orElse(CompleteRequest.NONE);
    String sha256 = body.checkedSha256();
    Preference preference =
        Preference.of(Collections.list(request.getHeaders("Prefer")), usualWait);
    try (MDC.MDCCloseable _ = MDC.putCloseable("upload_id", uploadId)) {
      completion.complete(id, caller.ownerId(), sha256);
      Upload upload = end.await(id, preference.patience());
      audit.record(caller, "upload.complete", uploadId, upload.status().name());
      return answer(upload);
    } catch (ProblemException refused) {
      audit.record(caller, "upload.complete", uploadId, refused.problem().code().wire());
      throw refused;
    }
  }

  private static ResponseEntity<CompleteAnswer> answer(Upload upload) {
    CompleteAnswer body = CompleteAnswer.of(upload);
    return upload.status() == UploadStatus.COMPLETED
        ? ResponseEntity.ok(body)
        : ResponseEntity.accepted()
            .header(HttpHeaders.LOCATION, URI.create("/v1/uploads/" + upload.id()).toString())
            .body(body);
  }
}
