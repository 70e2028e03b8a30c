package io.sluice.bench.server;

/// What a server's processes have used and hold.
///
/// @param cpuSeconds used since they started, with those of children that ended
/// @param residentBytes held now
public record Usage(double cpuSeconds, long residentBytes) {

  /// What was used since an earlier look.
  public Usage since(Usage earlier) {
    return new Usage(cpuSeconds - earlier.cpuSeconds, residentBytes);
  }
}
