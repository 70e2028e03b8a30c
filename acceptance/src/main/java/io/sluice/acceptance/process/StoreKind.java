package io.sluice.acceptance.process;

/// Where objects are kept.
public enum StoreKind {
  /// In a directory.
  LOCAL,
  /// In an S3 server.
  S3
}
