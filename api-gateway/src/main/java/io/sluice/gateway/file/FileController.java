package io.sluice.gateway.file;

import io.sluice.gateway.audit.AuditLog;
import io.sluice.gateway.auth.Caller;
import io.sluice.gateway.download.Downloads;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.gateway.upload.QueryValue;
import io.sluice.metadata.upload.Upload;
import io.sluice.metadata.upload.Uploads;
import io.sluice.storage.staging.BodyReadException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Files over HTTP.
@RestController
final class FileController {

  record Created(UUID id, String filename, long size, String sha256, Instant uploadedAt) {}

  record Listed(List<FileListing.Item> items, @Nullable String nextCursor) {}

  record Metadata(
      UUID fileId,
      String filename,
      long size,
      String contentType,
      @Nullable String sha256,
      @Nullable String crc32c,
      @Nullable String etag,
      @Nullable Instant uploadedAt,
      Map<String, String> metadata,
      String storageElement) {}

  private final SingleFile singleFile;
  private final FileBatch batch;
  private final FileLimits limits;
  private final FileListing listing;
  private final FileDeletion deletion;
  private final Uploads uploads;
  private final Downloads downloads;
  private final AuditLog audit;

  FileController(
      SingleFile singleFile,
      FileBatch batch,
      FileLimits limits,
      FileListing listing,
      FileDeletion deletion,
      Uploads uploads,
      Downloads downloads,
      AuditLog audit) {
    this.singleFile = singleFile;
    this.batch = batch;
    this.limits = limits;
    this.listing = listing;
    this.deletion = deletion;
    this.uploads = uploads;
    this.downloads = downloads;
    this.audit = audit;
  }

  @PostMapping("/v1/files")
  ResponseEntity<Created> create(Caller caller, HttpServletRequest request)
      throws IOException, InterruptedException {
    ReceivedFile file;
    try {
      file = singleFile.receive(caller.ownerId(), request);
    } catch (BodyReadException e) {
      if (e.getCause() instanceof FileTooLargeException) {
        throw limits.tooLarge();
      }
      throw e;
    }
    audit.record(caller, "file.create", file.id().toString(), "ok");
    return ResponseEntity.created(URI.create("/v1/files/" + file.id()))
        .body(
            new Created(
                file.id(), file.fileName(), file.sizeBytes(), file.sha256(), file.uploadedAt()));
  }

  @PostMapping("/v1/files/batch")
  ResponseEntity<FileBatch.Answer> createMany(Caller caller, HttpServletRequest request)
      throws IOException, InterruptedException {
    FileBatch.Answer answer = batch.receive(caller.ownerId(), request);
    for (FileBatch.Result result : answer.results()) {
      String outcome = result.error() == null ? "ok" : result.error();
      audit.record(caller, "file.create", String.valueOf(result.fileId()), outcome);
    }
    return ResponseEntity.status(207).body(answer);
  }

  @GetMapping("/v1/files")
  Listed list(
      Caller caller,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(name = "name_prefix", required = false) @Nullable String namePrefix) {
    int wanted = QueryValue.limit(limit);
    if (namePrefix != null && namePrefix.indexOf('\0') >= 0) {
      throw ProblemException.invalid("name_prefix", "must not contain NUL");
    }
    UUID before = cursor == null ? null : FileCursor.read(cursor);
    FileListing.Page page = listing.page(caller.ownerId(), namePrefix, before, wanted);
    return new Listed(page.items(), page.next() == null ? null : FileCursor.write(page.next()));
  }

  @GetMapping(path = "/v1/files/{id}/metadata")
  Metadata metadata(Caller caller, @PathVariable String id) {
    return describe(find(caller, id));
  }

  @GetMapping(path = "/v1/files/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  Metadata metadataByType(Caller caller, @PathVariable String id) {
    return describe(find(caller, id));
  }

  @GetMapping(path = "/v1/files/{id}")
  void download(
      Caller caller,
      @PathVariable String id,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Upload file = find(caller, id);
    audit.record(caller, "file.download", id, "ok");
    downloads.answer(file, request, response);
  }

  @DeleteMapping("/v1/files/{id}")
  ResponseEntity<Void> delete(Caller caller, @PathVariable String id) {
    if (!deletion.delete(parse(id), caller.ownerId())) {
      throw ProblemException.notFound();
    }
    audit.record(caller, "file.delete", id, "ok");
    return ResponseEntity.noContent().build();
  }

  private Upload find(Caller caller, String id) {
    return uploads
        .findByIdAndOwnerId(parse(id), caller.ownerId())
        .filter(Upload::isFile)
        .orElseThrow(ProblemException::notFound);
  }

  private static UUID parse(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound();
    }
  }

  private static Metadata describe(Upload file) {
    return new Metadata(
        file.id(),
        file.fileName(),
        file.plan().fileSizeBytes(),
        file.contentType(),
        file.sha256(),
        file.crc32c() == null ? null : HexFormat.of().toHexDigits(file.crc32c()),
        file.etag(),
        file.listedAt(),
        file.metadata().values(),
        file.storageElement());
  }
}
