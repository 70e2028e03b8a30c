package io.sluice.acceptance.audit;

/// One place where an invariant does not hold.
///
/// @param invariant its name
/// @param subject what it is about: an upload, a chunk, a key
/// @param detail what was found and what should be
public record Violation(String invariant, String subject, String detail) {

  @Override
  public String toString() {
    return invariant + ": " + subject + ": " + detail;
  }
}
