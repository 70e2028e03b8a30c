package io.sluice.reaper.prune;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How long the rows of chunks outlive their upload.
///
/// @param chunkRowRetentionSeconds since the upload was completed or purged; for this long a repeated
///     chunk of a finished upload gets the answer it got before
@ConfigurationProperties("sluice.reaper")
record PruneSettings(@DefaultValue("86400") int chunkRowRetentionSeconds) {

  PruneSettings {
    if (chunkRowRetentionSeconds < 0) {
      throw new IllegalArgumentException("sluice.reaper.chunk-row-retention-seconds is negative");
    }
  }
}
