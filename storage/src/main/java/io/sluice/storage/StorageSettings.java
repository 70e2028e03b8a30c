package io.sluice.storage;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where objects end up.
///
/// @param backend what kind of store
/// @param root directory of the local store, and of local staging unless that has its own
@ConfigurationProperties("sluice.storage")
record StorageSettings(@DefaultValue("local") Backend backend, @DefaultValue("./data") Path root) {

  /// The kinds of object stores.
  enum Backend {
    LOCAL,
    S3,
    R2
  }
}
