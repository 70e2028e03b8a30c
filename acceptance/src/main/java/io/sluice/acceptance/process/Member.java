package io.sluice.acceptance.process;

import java.io.IOException;

/// One process of the system under test. Its methods are called by one thread at a time.
public interface Member {

  /// Names it in tables and log files.
  String name();

  /// Starts it on what it left behind, and returns when it is ready.
  void start() throws IOException;

  /// Starts it and returns at once.
  void launch() throws IOException;

  /// Waits until it is ready.
  void awaitReady() throws IOException;

  /// Asks it to end and waits for that.
  void stop() throws IOException;

  /// Ends it at once, as a crash would.
  void kill() throws IOException, InterruptedException;

  /// Stops it in the middle of whatever it does.
  void freeze() throws IOException, InterruptedException;

  /// Lets it go on as if nothing had been.
  void thaw() throws IOException, InterruptedException;

  /// Whether its process runs, frozen or not.
  boolean isAlive();
}
