package io.sluice.coordination.inflight;

import java.util.UUID;

/// One counted request.
public record InflightToken(UUID uploadId, String id) {}
