package io.sluice.bench.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sluice with every service in a process of its own and as many workers as are asked for, before an S3 server that takes
/// its time. One at a time runs, always on the same data.
public final class Fleet implements Server {

  private static final Duration STORE_DELAY = Duration.ofMillis(50);

  private final Path launcher;
  private final Path data;
  private final DelayingProxy store;
  private final Map<String, String> environment;
  private @Nullable SluiceServer running;
  private int workers;

  private Fleet(Path launcher, Path data, DelayingProxy store, Map<String, String> environment) {
    this.launcher = launcher;
    this.data = data;
    this.store = store;
    this.environment = Map.copyOf(environment);
  }

  /// One that is not started yet.
  ///
  /// @param slots large parts that each worker puts at once
  static Fleet before(S3Peer server, int slots, Path launcher, Path data) throws IOException {
    DelayingProxy store = DelayingProxy.start(server.base(), STORE_DELAY);
    Map<String, String> environment = new HashMap<>(server.environment());
    environment.put("AWS_ENDPOINT_URL", store.address().toString());
    environment.put("WORKER_COUNT", Integer.toString(slots));
    // A deep queue is what is wanted here.
    environment.put("TASK_QUEUE_MAXSIZE", "1000000");
    return new Fleet(launcher, data, store, environment);
  }

  /// Makes it one of so many workers, by starting it anew if it has another number.
  public void resize(int wanted) throws IOException {
    if (running == null || workers != wanted) {
      stop();
      List<String> options = List.of("--separate", "--workers", Integer.toString(wanted));
      running = SluiceServer.start("Sluice", launcher, data, options, environment);
      workers = wanted;
    }
  }

  /// The Sluice that runs now.
  public SluiceServer sluice() {
    if (running == null) {
      throw new IllegalStateException("no Sluice runs");
    }
    return running;
  }

  /// What stands between the workers and the S3 server.
  public DelayingProxy store() {
    return store;
  }

  private void stop() throws IOException {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  @Override
  public String name() {
    return "Sluice";
  }

  @Override
  public URI base() {
    return sluice().base();
  }

  @Override
  public Usage usage() {
    return sluice().usage();
  }

  @Override
  public void close() throws IOException {
    try (store) {
      stop();
    }
  }
}
