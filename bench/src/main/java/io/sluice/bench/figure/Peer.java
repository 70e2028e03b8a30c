package io.sluice.bench.figure;

import io.sluice.bench.server.NginxServer;

/// Programs that Sluice can be compared with here.
public enum Peer {
  NGINX,
  S3,
  TUS;

  /// Whether it can run on this machine.
  public boolean isAvailable() {
    return this != NGINX || NginxServer.isInstalled();
  }
}
