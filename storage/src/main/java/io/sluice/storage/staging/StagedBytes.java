package io.sluice.storage.staging;

import io.sluice.storage.checksum.ByteDigest;

/// Bytes that are durable in staging.
///
/// @param stagingKey how to find them again
/// @param digest what they are
public record StagedBytes(String stagingKey, ByteDigest digest) {}
