package io.sluice.queue.slot;

/// What became of a delivered job, as far as the queue is concerned.
public sealed interface JobOutcome {

  /// PostgreSQL knows everything there is to know, success or failure or "later": the record is
  /// acknowledged and never comes again.
  record Done() implements JobOutcome {}

  /// Nothing could be written down, typically because PostgreSQL is away. The slot keeps the job, tries
  /// it again with back-off, and in the end puts it back at the tail of its topic.
  record NotNow(String cause) implements JobOutcome {}

  /// The one answer for all that is settled.
  JobOutcome DONE = new Done();
}
