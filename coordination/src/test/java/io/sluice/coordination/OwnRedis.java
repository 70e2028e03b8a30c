package io.sluice.coordination;

import io.sluice.embedded.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A Redis that a test may stop, freeze and start again at the same address.
public final class OwnRedis implements AutoCloseable {

  private final Path directory;
  private final String url;
  private final int port;
  private @Nullable RedisServer server;

  public OwnRedis(Path directory) throws IOException {
    this.directory = directory;
    RedisServer started = RedisServer.start(directory, 0);
    this.server = started;
    this.port = started.port();
    this.url = started.url();
  }

  public String url() {
    return url;
  }

  public void stop() throws IOException {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  public void startAgain() throws IOException {
    server = RedisServer.start(directory, port);
  }

  public void freeze() throws Exception {
    signal("-STOP");
  }

  public void thaw() throws Exception {
    signal("-CONT");
  }

  private void signal(String name) throws Exception {
    RedisServer running = server;
    if (running == null) {
      throw new IllegalStateException("not running");
    }
    Process kill = new ProcessBuilder("kill", name, Long.toString(running.pid())).start();
    if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
      throw new IllegalStateException("kill " + name + " failed");
    }
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
