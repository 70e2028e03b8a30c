package io.sluice.model.upload;

/// What can happen to an upload. Every event may arrive twice.
public enum UploadEvent {
  /// The first chunk was committed.
  FIRST_CHUNK,
  /// All chunks are durable and the client, or auto-complete, asked for the file.
  COMPLETE,
  /// The object was verified in its store.
  FINALIZE,
  /// The upload cannot succeed.
  FAIL,
  /// The client, or expiry, gave it up.
  ABORT,
  /// The file was deleted.
  DELETE
}
