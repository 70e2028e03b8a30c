package io.sluice.model.chunk;

/// Where an acknowledged chunk is.
public enum ChunkStatus {
  /// Durable in staging.
  STAGED,
  /// In the object store; its staged bytes may be gone.
  STORED,
  /// Its bytes are proven missing or wrong: an incident of ours, not a state of the client's upload. Never
  /// purged; looked at again and again, until the bytes are back or the client has sent them again.
  DAMAGED
}
