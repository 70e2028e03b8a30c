package io.sluice.gateway.file;

import io.sluice.metadata.upload.UserMetadata;

/// A staged file of at most one chunk, and what its request says of it.
record FileRow(StagedFile staged, UserMetadata metadata) {}
