package io.sluice.places;

/// What became of the wish to take a place over.
public sealed interface Adoption {

  /// It is ours, now or before.
  ///
  /// @param renewedUploads open uploads that have their whole time again
  record Adopted(int renewedUploads) implements Adoption {}

  /// It must not be.
  ///
  /// @param reason in one line
  record Refused(String reason) implements Adoption {}

  /// It cannot be reached, or written, just now.
  ///
  /// @param reason in one line
  record Unreachable(String reason) implements Adoption {}
}
