package io.sluice.gateway.file;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How large a batch of files may be.
///
/// @param batchMaxFiles most files in one batch
/// @param batchMaxBytes most bytes in one batch
@ConfigurationProperties("sluice.file")
record FileSettings(
    @DefaultValue("100") int batchMaxFiles, @DefaultValue("1073741824") long batchMaxBytes) {

  FileSettings {
    if (batchMaxFiles < 1) {
      throw new IllegalArgumentException("sluice.file.batch-max-files must be at least 1");
    }
    if (batchMaxBytes < 1) {
      throw new IllegalArgumentException("sluice.file.batch-max-bytes must be at least 1");
    }
  }
}
