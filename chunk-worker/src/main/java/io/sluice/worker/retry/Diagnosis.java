package io.sluice.worker.retry;

/// What an exception says about the job that met it.
public sealed interface Diagnosis {

  /// Everybody's trouble, not this job's: something it needs is away. Put off, not counted.
  record Away(String detail) implements Diagnosis {}

  /// May pass. Counted, tried again later, and given up after so many rounds.
  record Passing(GiveUpCause cause, String detail) implements Diagnosis {}

  /// Trying again cannot help.
  record Lasting(GiveUpCause cause, String detail) implements Diagnosis {}

  /// Staged bytes are missing or not what was acknowledged: the rows are to be read again, because they
  /// are also missing when somebody else has stored them.
  record StagedBytesBad(String detail) implements Diagnosis {}

  /// Nothing can be written down now: the job stays in hand.
  record DatabaseAway(String detail) implements Diagnosis {}
}
