package io.sluice.worker.retry;

import java.util.Locale;

/// Why something was given up: the word in `dead_letters.cause`, in `uploads.end_code`, in logs and in
/// the metric tag `cause`.
public enum GiveUpCause {
  /// Nothing is left under the staging key.
  STAGED_BYTES_MISSING("Acknowledged bytes were lost before they were stored."),
  /// What is staged is not what was acknowledged.
  STAGED_BYTES_DAMAGED("Acknowledged bytes were damaged before they were stored."),
  /// Staging could be reached, but not read, again and again.
  STAGING_UNREADABLE("Acknowledged bytes could not be read."),
  /// The object store says that it never will.
  STORE_REFUSED("The object store refused the bytes."),
  /// The object store answers others, but not this.
  STORE_UNAVAILABLE("The object store did not take the bytes in many attempts."),
  /// The store lost what it had confirmed, or has something else.
  OBJECT_MISMATCH("The stored object is not what was sent."),
  /// The file is not what its client declared.
  FILE_CHECKSUM_MISMATCH("The file does not match its declared checksum."),
  /// The message was no job.
  UNREADABLE_MESSAGE("The message could not be read."),
  /// A defect.
  INTERNAL_ERROR("Something went wrong here.");

  private final String sentence;

  GiveUpCause(String sentence) {
    this.sentence = sentence;
  }

  /// The word for machines.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// For clients: never holds anything of the inside.
  public String sentence() {
    return sentence;
  }
}
