package io.sluice.worker.retry;

import java.util.Locale;

/// Why a job is parked: the word in `dead_letters.cause`, in logs and in the metric tag `cause`.
public enum ParkCause {
  /// Nothing is left under the staging key, although staging is there.
  STAGED_BYTES_MISSING,
  /// What is staged is not what was acknowledged.
  STAGED_BYTES_DAMAGED,
  /// Staging could be reached, but not read, again and again.
  STAGING_UNREADABLE,
  /// The object store said no.
  STORE_REFUSED,
  /// The object store answers others, but not this.
  STORE_UNAVAILABLE,
  /// The store has something else than was sent.
  OBJECT_MISMATCH,
  /// The store lost what it had confirmed.
  OBJECT_LOST,
  /// The message was no job.
  UNREADABLE_MESSAGE,
  /// A defect.
  INTERNAL_ERROR;

  /// The word for machines.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether it is the object store that keeps the job from being done, so that all such jobs are worth a
  /// try as soon as it takes anything.
  boolean isOfTheStore() {
    return this == STORE_REFUSED || this == STORE_UNAVAILABLE || this == OBJECT_MISMATCH;
  }
}
