package io.sluice.embedded;

import io.sluice.embedded.kafka.KafkaServer;
import io.sluice.embedded.postgres.PostgresServer;
import io.sluice.embedded.redis.RedisServer;
import io.sluice.embedded.s3.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The infrastructure that all tests of one JVM share. Each server is started by whoever asks first, on a free port
/// and an empty temporary directory; all end, and the directory goes, with the JVM.
public final class EmbeddedStack {

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static final Deque<AutoCloseable> RUNNING = new ArrayDeque<>();
  private static @Nullable TemporaryHome home;

  private static final Once<PostgresServer> POSTGRES =
      new Once<>("postgres", PostgresServer::start);
  private static final Once<KafkaServer> KAFKA = new Once<>("kafka", KafkaServer::start);
  private static final Once<RedisServer> REDIS = new Once<>("redis", RedisServer::start);

  private static final Once<S3Server> S3 = new Once<>("s3", S3Server::start);

  private EmbeddedStack() {}

  /// The shared PostgreSQL. Tests take a [#freshDatabase()] of it.
  public static PostgresServer postgres() {
    return POSTGRES.get();
  }

  /// The shared Kafka. Tests take topics and groups of their own.
  public static KafkaServer kafka() {
    return KAFKA.get();
  }

  /// The shared Redis. Tests take keys of their own.
  public static RedisServer redis() {
    return REDIS.get();
  }

  /// The shared S3 server. Tests take key prefixes or buckets of their own.
  public static S3Server s3() {
    return S3.get();
  }

  /// Creates an empty database on the shared PostgreSQL.
  ///
  /// @return its JDBC address, with user and password
  public static String freshDatabase() {
    String name = "test_" + DATABASES.incrementAndGet();
    try {
      postgres().ensureDatabase(name);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return postgres().jdbcUrl(name);
  }

  @FunctionalInterface
  private interface Starting<T> {
    T on(Path directory, int port) throws IOException;
  }

  private static final class Once<T extends AutoCloseable> {
    private final String name;
    private final Starting<T> starting;
    private @Nullable T server;

    Once(String name, Starting<T> starting) {
      this.name = name;
      this.starting = starting;
    }

    synchronized T get() {
      T started = server;
      if (started == null) {
        started = start();
        server = started;
      }
      return started;
    }

    private T start() {
      try {
        T started = starting.on(directory().resolve(name), 0);
        synchronized (RUNNING) {
          RUNNING.push(started);
        }
        return started;
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  private static Path directory() throws IOException {
    synchronized (RUNNING) {
      TemporaryHome known = home;
      if (known == null) {
        TemporaryHome made = TemporaryHome.make();
        Runtime.getRuntime()
            .addShutdownHook(
                Thread.ofPlatform().name("stop-embedded-stack").unstarted(() -> stop(made)));
        home = made;
        known = made;
      }
      return known.path();
    }
  }

  private static void stop(TemporaryHome made) {
    synchronized (RUNNING) {
      while (!RUNNING.isEmpty()) {
        try {
          RUNNING.pop().close();
        } catch (Exception failed) {
          System.err.println("an embedded server did not end in order: " + failed);
        }
      }
    }
    try {
      made.close();
    } catch (IOException failed) {
      System.err.println("cannot delete " + made.path() + ": " + failed);
    }
  }
}
