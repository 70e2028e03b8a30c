package io.sluice.runtime.health;

/// Why a process is not ready, in one line that anybody may read.
public final class NotReadyException extends Exception {
  private static final long serialVersionUID = 1L;

  public NotReadyException(String shown) {
    super(shown);
  }
}
