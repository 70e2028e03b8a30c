package io.sluice.gateway.upload;

import io.sluice.model.upload.UploadStatus;
import java.time.Instant;
import java.util.UUID;

/// The body of init's answer.
record InitAnswer(
    UUID uploadId, long chunkSize, int totalChunks, UploadStatus status, Instant expiresAt) {}
