package io.sluice.reaper.run;

import java.util.Locale;

/// What the reaper puts right; the value of the metric tag `repair`.
public enum Repair {
  /// A part whose job was lost was enqueued again.
  LOST_PART,
  /// A part whose next try was due was enqueued.
  DUE_PART,
  /// A part that nobody called up was enqueued.
  WAITING_PART,
  /// A finalise job that was lost, due or never made was enqueued.
  FINALIZE,
  /// A purge job that was lost, due or never made was enqueued.
  PURGE,
  /// An upload that nobody works on was aborted.
  EXPIRED_UPLOAD,
  /// Staged bytes without an owner were removed.
  STAGED_BYTES,
  /// An open multipart upload without an owner was aborted.
  MULTIPART,
  /// An object without an owner was removed.
  OBJECT,
  /// An idempotency key was removed.
  IDEMPOTENCY_KEY,
  /// The row of a chunk was removed.
  CHUNK_ROW;

  /// The word for machines.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
