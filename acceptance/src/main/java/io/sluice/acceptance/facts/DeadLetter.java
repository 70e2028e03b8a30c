package io.sluice.acceptance.facts;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One open row of `dead_letters`: a job that is parked.
public record DeadLetter(
    String jobType, @Nullable UUID uploadId, String cause, @Nullable String detail) {}
