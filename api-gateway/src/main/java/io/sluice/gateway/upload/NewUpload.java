package io.sluice.gateway.upload;

import io.sluice.gateway.content.ContentPolicy;
import io.sluice.gateway.request.WireJson;
import io.sluice.metadata.upload.UserMetadata;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An upload that may begin.
///
/// @param chunkSize what the client wants or the default; may be raised by the plan
/// @param declaredContentType what the client calls it; not to be believed
record NewUpload(
    String fileName,
    long fileSize,
    long chunkSize,
    @Nullable String declaredSha256,
    Optional<String> declaredContentType,
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
            declaredContentType.orElse(ContentPolicy.UNKNOWN),
            autoComplete,
            new TreeMap<>(metadata.values())));
  }
}
