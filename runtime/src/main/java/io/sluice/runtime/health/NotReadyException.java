package io.sluice.runtime.health;

/// Why a process is not ready, in one line that anybody may read.
public final class NotReadyException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean degradedOnly;

  public NotReadyException(String shown) {
    this(shown, false);
  }

  private NotReadyException(String shown, boolean degradedOnly) {
    super(shown);
    this.degradedOnly = degradedOnly;
  }

  /// Why a process is ready but does not do all of its work.
  public static NotReadyException degraded(String shown) {
    return new NotReadyException(shown, true);
  }

  boolean isDegradedOnly() {
    return degradedOnly;
  }
}
