package io.sluice.model.chunk;

/// What can happen to a chunk. Every event may arrive twice.
public enum ChunkEvent {
  /// A client sent it and it is durable.
  STAGE,
  /// A worker put it into the object store.
  STORE,
  /// Its staged bytes were found missing or wrong.
  DAMAGE,
  /// The store does not have any more what it had confirmed.
  LOSE
}
