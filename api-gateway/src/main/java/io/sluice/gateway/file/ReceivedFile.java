package io.sluice.gateway.file;

import java.time.Instant;
import java.util.UUID;

/// A file that is durable and readable.
record ReceivedFile(UUID id, String fileName, long sizeBytes, String sha256, Instant uploadedAt) {}
