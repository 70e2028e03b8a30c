package io.sluice.gateway.chunk;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// The gateway's side of an agreement with the reaper, whose grace period is longer.
///
/// @param commitWindowSeconds from the moment at which staging begins until the chunk must be committed
@ConfigurationProperties("sluice.upload")
public record CommitWindow(@DefaultValue("1800") int commitWindowSeconds) {
  public CommitWindow {
    if (commitWindowSeconds < 1) {
      throw new IllegalArgumentException("sluice.upload.commit-window-seconds is below 1");
    }
  }
}
