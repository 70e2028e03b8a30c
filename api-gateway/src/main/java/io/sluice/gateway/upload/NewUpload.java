package io.sluice.gateway.upload;

import io.sluice.gateway.request.WireJson;
import io.sluice.metadata.upload.UserMetadata;
import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An upload that may begin.
///
/// @param chunkSize what the client wants or the default; may be raised by the plan
record NewUpload(
    String fileName,
    long fileSize,
    long chunkSize,
    @Nullable String declaredSha256,
    String contentType,
    UserMetadata metadata,
    boolean autoComplete) {

  /// Equal for equal requests, however they were written.
  String fingerprint() {
    return WireJson.MAPPER.writeValueAsString(
        Arrays.asList(
            fileName,
            fileSize,
            chunkSize,
            declaredSha256,
            contentType,
            autoComplete,
            new TreeMap<>(metadata.values())));
  }
}
