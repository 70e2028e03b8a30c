package io.sluice.acceptance.process;

import java.io.IOException;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// PostgreSQL, Redis or S3: started by the embedded module, which waits until they serve.
///
/// @param <T> the embedded module's handle of it
final class EmbeddedMember<T extends AutoCloseable> extends OneProcess {

  /// Starts a server.
  @FunctionalInterface
  interface Starting<T> {
    T start() throws IOException;
  }

  private final Starting<T> starting;
  private final ToLongFunction<T> pid;
  private @Nullable T server;

  EmbeddedMember(String name, Starting<T> starting, ToLongFunction<T> pid) {
    super(name);
    this.starting = starting;
    this.pid = pid;
  }

  @Override
  public void launch() throws IOException {
    T started = starting.start();
    server = started;
    is(pid.applyAsLong(started));
  }

  @Override
  public void awaitReady() {
    // It was when launch returned.
  }

  @Override
  public void stop() throws IOException {
    thawToStop();
    release();
  }

  @Override
  void release() throws IOException {
    T running = server;
    server = null;
    if (running != null) {
      try {
        running.close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  /// The server that runs, or ran last.
  T server() {
    T running = server;
    if (running == null) {
      throw new IllegalStateException(name() + " does not run");
    }
    return running;
  }
}
