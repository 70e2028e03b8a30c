package io.sluice.gateway.upload;

import io.sluice.gateway.audit.AuditLog;
import io.sluice.gateway.auth.Caller;
import io.sluice.gateway.idempotency.IdempotencyKey;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Uploads over HTTP, all but their bytes and their end.
@RestController
@RequestMapping(path = "/v1/uploads", produces = MediaType.APPLICATION_JSON_VALUE)
final class UploadController {

  private final Beginning beginning;
  private final UploadViews views;
  private final UploadList list;
  private final MissingChunks missing;
  private final Abortion abortion;
  private final UploadMetrics metrics;
  private final AuditLog audit;

  UploadController(
      Beginning beginning,
      UploadViews views,
      UploadList list,
      MissingChunks missing,
      Abortion abortion,
      UploadMetrics metrics,
      AuditLog audit) {
    this.beginning = beginning;
    this.views = views;
    this.list = list;
    this.missing = missing;
    this.abortion = abortion;
    this.metrics = metrics;
    this.audit = audit;
  }

  @PostMapping(path = "/init", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<InitAnswer> begin(
      Caller caller, @RequestBody InitRequest body, HttpServletRequest request)
      throws InterruptedException {
    InitAnswer answer = beginning.begin(caller, body, IdempotencyKey.of(request));
    metrics.begun();
    audit.record(caller, "upload.init", answer.uploadId().toString(), "ok");
    return ResponseEntity.created(URI.create("/v1/uploads/" + answer.uploadId())).body(answer);
  }

  @GetMapping("/{upload_id}")
  UploadView status(Caller caller, @PathVariable("upload_id") String uploadId) {
    return views.find(UploadId.parse(uploadId), caller.ownerId());
  }

  @GetMapping
  UploadList.Page list(
      Caller caller,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return list.page(
        caller.ownerId(),
        QueryValue.status(status),
        Optional.ofNullable(cursor).map(Cursor::read),
        QueryValue.limit(limit));
  }

  @GetMapping("/{upload_id}/missing-chunks")
  MissingChunks.Answer missing(
      Caller caller,
      @PathVariable("upload_id") String uploadId,
      @RequestParam(required = false) @Nullable String from) {
    return missing.find(UploadId.parse(uploadId), caller.ownerId(), QueryValue.from(from));
  }

  @DeleteMapping("/{upload_id}")
  ResponseEntity<Void> abort(Caller caller, @PathVariable("upload_id") String uploadId) {
    if (abortion.abort(UploadId.parse(uploadId), caller.ownerId())) {
      metrics.aborted();
    }
    audit.record(caller, "upload.abort", uploadId, "ok");
    return ResponseEntity.noContent().build();
  }
}
