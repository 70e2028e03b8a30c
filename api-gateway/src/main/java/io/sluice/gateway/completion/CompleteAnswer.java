package io.sluice.gateway.completion;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.metadata.upload.Upload;
import io.sluice.model.upload.UploadStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The body of complete's answer: of a file, or of an upload that will be one.
record CompleteAnswer(
    UUID uploadId,
    UploadStatus status,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UUID fileId,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long size,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String sha256,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String etag) {

  static CompleteAnswer of(Upload upload) {
    return upload.status() == UploadStatus.COMPLETED
        ? new CompleteAnswer(
            upload.id(),
            upload.status(),
            upload.id(),
            upload.fileSizeBytes(),
            upload.sha256(),
            upload.etag())
        : new CompleteAnswer(upload.id(), upload.status(), null, null, null, null);
  }
}
