package io.sluice.model.chunk;

/// Where an acknowledged chunk is.
public enum ChunkStatus {
  /// Durable in staging.
  STAGED,
  /// In the object store; its staged bytes may be gone.
  STORED,
  /// Its staged bytes are lost or damaged, or the store refused them for good; the client may send it
  /// again.
  FAILED
}
