package io.sluice.storage.object;

import java.util.Optional;

/// What a store says it has under a key.
///
/// @param etag the store's tag
/// @param sizeBytes size of the whole object
/// @param crc32c CRC32C of the whole object, where the store tells
public record StoredObject(String etag, long sizeBytes, Optional<Integer> crc32c) {}
