package io.sluice.bench.server;

/// What a server's processes have used and hold.
///
/// @param cpuSeconds used since they started, with those of children that ended
/// @param memoryBytes held now
/// @param sharedOnce whether memory that processes share is in that sum once; if not, the sum is too high
public record Usage(double cpuSeconds, long memoryBytes, boolean sharedOnce) {

  /// What was used since an earlier look.
  public Usage since(Usage earlier) {
    return new Usage(cpuSeconds - earlier.cpuSeconds, memoryBytes, sharedOnce);
  }
}
