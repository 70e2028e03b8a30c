package io.sluice.acceptance.facts;

import java.time.Instant;
import java.util.UUID;

/// One row of `upload_events`.
public record StateChange(long id, UUID uploadId, String from, String to, Instant at) {}
