package io.sluice.acceptance.facts;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One row of `dead_letters`.
public record DeadLetter(
    String jobType, @Nullable UUID uploadId, String cause, @Nullable String detail) {}
