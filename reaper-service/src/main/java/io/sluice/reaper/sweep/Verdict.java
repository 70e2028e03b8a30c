package io.sluice.reaper.sweep;

/// What the rows say about some bytes.
enum Verdict {
  /// A row needs them.
  KEEP,
  /// No row needs them, and none ever can again: they may go at once.
  GARBAGE,
  /// No row needs them now, but one that does may be on its way: they go if it is still so after the
  /// grace period.
  UNOWNED
}
