package io.sluice.acceptance.facts;

import java.util.SortedMap;
import java.util.TreeMap;

/// An object that lies in the object store.
///
/// @param objectKey as `uploads.object_key` names it
/// @param piecesBytes size of each of its files by chunk index where the store keeps one file a chunk,
///     else the one size under 0
/// @param ageSeconds since it was last written
public record StoredObject(
    String objectKey, SortedMap<Integer, Long> piecesBytes, long ageSeconds) {

  public StoredObject {
    piecesBytes = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(piecesBytes));
  }

  /// Its size in all.
  public long sizeBytes() {
    return piecesBytes.values().stream().mapToLong(Long::longValue).sum();
  }
}
