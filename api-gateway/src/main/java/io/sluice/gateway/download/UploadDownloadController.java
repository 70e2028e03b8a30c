package io.sluice.gateway.download;

import io.sluice.gateway.audit.AuditLog;
import io.sluice.gateway.auth.Caller;
import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.metadata.upload.Upload;
import io.sluice.metadata.upload.Uploads;
import io.sluice.model.problem.ProblemCode;
import io.sluice.model.upload.UploadStatus;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// The bytes of a completed upload.
@RestController
final class UploadDownloadController {

  private final Uploads uploads;
  private final Downloads downloads;
  private final AuditLog audit;

  UploadDownloadController(Uploads uploads, Downloads downloads, AuditLog audit) {
    this.uploads = uploads;
    this.downloads = downloads;
    this.audit = audit;
  }

  @GetMapping("/v1/uploads/{upload_id}/download")
  void download(
      Caller caller,
      @PathVariable("upload_id") String id,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Upload upload = find(id, caller.ownerId());
    if (!upload.isFile()) {
      throw new ProblemException(
          new Problem(
                  ProblemCode.UPLOAD_NOT_COMPLETED,
                  "The upload is " + upload.status() + ", not COMPLETED.")
              .with("upload_status", upload.status().name()));
    }
    audit.record(caller, "upload.download", id, "ok");
    downloads.answer(upload, request, response);
  }

  private Upload find(String id, String ownerId) {
    try {
      return uploads
          .findByIdAndOwnerId(UUID.fromString(id), ownerId)
          .filter(upload -> upload.status() != UploadStatus.DELETED)
          .orElseThrow(ProblemException::notFound);
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound();
    }
  }
}
