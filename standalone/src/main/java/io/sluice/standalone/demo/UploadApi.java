package io.sluice.standalone.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The bodies of the uploads API that the demo sends and reads; snake_case on the wire.
final class UploadApi {

  private UploadApi() {}

  record InitRequest(String fileName, long fileSize, long chunkSize, String contentType) {}

  record InitAnswer(String uploadId, long chunkSize, int totalChunks) {}

  record Missing(List<Integer> missingChunkIndexes, int missingCount, @Nullable Integer nextFrom) {}

  record Status(String status, @Nullable Failure failure) {}

  record Failure(@Nullable String code, @Nullable String detail) {}

  record Problem(@Nullable String errorCode, @Nullable String detail) {}
}
