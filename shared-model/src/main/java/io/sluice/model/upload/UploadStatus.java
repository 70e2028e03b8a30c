package io.sluice.model.upload;

/// Where an upload stands. The words are the same on the wire, in SQL and in logs.
public enum UploadStatus {
  /// Announced; no chunk has been acknowledged yet.
  INITIATED,
  /// At least one chunk has been acknowledged.
  IN_PROGRESS,
  /// Every chunk is durable; the object is being put together without the client.
  COMPLETING,
  /// The object is in the store and was compared with what was sent.
  COMPLETED,
  /// Cannot become a file any more; the reason is kept.
  FAILED,
  /// Given up by its client or by expiry.
  ABORTED,
  /// Was a file; its bytes are gone or on their way out.
  DELETED;

  /// Whether nothing but deletion can happen any more.
  public boolean isTerminal() {
    return this == COMPLETED || this == FAILED || this == ABORTED || this == DELETED;
  }

  /// Whether chunks are accepted.
  public boolean isActive() {
    return this == INITIATED || this == IN_PROGRESS;
  }
}
