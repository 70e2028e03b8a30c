package io.sluice.reaper.sweep;

/// What the rows say about some bytes.
enum Verdict {
  /// A row needs them.
  KEEP,
  /// No row needs them, and none ever can again: they may go at once.
  GARBAGE,
  /// Their upload has a row, and nothing names them now. What does may be on its way: they go if it is
  /// still so after the grace period.
  UNOWNED,
  /// No row knows their upload at all. They may be older than these rows, or from another installation
  /// that was given this place by mistake: they go after a far longer grace period.
  UNKNOWN;

  /// Whether they go only after they were seen for long enough.
  boolean waits() {
    return this == UNOWNED || this == UNKNOWN;
  }
}
