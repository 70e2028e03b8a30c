package io.sluice.bench.server;

import java.io.IOException;
import java.net.URI;

/// A program that is measured.
public interface Server extends AutoCloseable {

  /// As in the tables.
  String name();

  /// Scheme, host and port.
  URI base();

  /// What all its processes have used and hold.
  Usage usage();

  @Override
  void close() throws IOException;
}
