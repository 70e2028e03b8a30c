package io.sluice.storage.object;

/// A part that is in the store.
///
/// @param part index from 0
/// @param etag the store's tag for it; for stores without one, made of its digest
/// @param sizeBytes its size
/// @param crc32c its CRC32C
public record StoredPart(int part, String etag, long sizeBytes, int crc32c) {}
