package io.sluice.acceptance.process;

/// A service and the module that builds it.
public enum Role {
  GATEWAY("api-gateway"),
  WORKER("chunk-worker"),
  REAPER("reaper-service");

  private final String module;

  Role(String module) {
    this.module = module;
  }

  String module() {
    return module;
  }
}
