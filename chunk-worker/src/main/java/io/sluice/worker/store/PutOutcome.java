package io.sluice.worker.store;

/// What became of the bytes of one part.
sealed interface PutOutcome {

  /// They are in the store.
  record Put(StoredWork stored) implements PutOutcome {}

  /// The upload ended meanwhile.
  record Moot(PartWork work) implements PutOutcome {}

  /// They are not, or nobody knows.
  record Failed(PartWork work, Exception met) implements PutOutcome {}
}
