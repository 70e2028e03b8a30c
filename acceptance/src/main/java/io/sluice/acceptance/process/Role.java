package io.sluice.acceptance.process;

import java.util.Locale;

/// A service and the module that builds it.
public enum Role {
  GATEWAY("api-gateway"),
  WORKER("chunk-worker"),
  REAPER("reaper-service");

  private final String module;

  Role(String module) {
    this.module = module;
  }

  /// Its name in file names and tables.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String module() {
    return module;
  }
}
