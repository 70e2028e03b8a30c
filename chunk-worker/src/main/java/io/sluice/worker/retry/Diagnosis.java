package io.sluice.worker.retry;

/// What an exception says about the job that met it. None of these ends anything: they say how soon it is
/// tried again, and how loudly it is said.
public sealed interface Diagnosis {

  /// Everybody's trouble, not this job's: something it needs is away. Put off, not counted.
  record Away(String detail) implements Diagnosis {}

  /// May well pass by itself. Counted, tried again later, parked after so many rounds.
  record Passing(ParkCause cause, String detail) implements Diagnosis {}

  /// Somebody has to do something: parked at once.
  record Refused(ParkCause cause, String detail) implements Diagnosis {}

  /// Staged bytes are missing or not what was acknowledged: the rows are to be read again, because they
  /// are also missing when somebody else has stored them.
  record StagedBytesBad(String detail) implements Diagnosis {}

  /// Nothing can be written down now: the job stays in hand.
  record DatabaseAway(String detail) implements Diagnosis {}
}
