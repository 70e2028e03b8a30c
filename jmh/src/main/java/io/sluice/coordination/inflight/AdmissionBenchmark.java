package io.sluice.coordination.inflight;

import io.sluice.coordination.link.Keys;
import io.sluice.coordination.link.RedisAddress;
import io.sluice.coordination.link.RedisLink;
import io.sluice.coordination.link.RedissonSettings;
import io.sluice.embedded.process.DirectoryTree;
import io.sluice.embedded.redis.RedisServer;
import io.sluice.jmh.Timed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/// Counting a chunk request in and out again, by the scripts in a real Redis on this machine.
@SuppressWarnings("NullAway.Init") // connect() runs before everything else.
public class AdmissionBenchmark extends Timed {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String PREFIX = "jmh";

  private Path directory;
  private RedisServer redis;
  private RedisLink link;
  private RedisInflightCounters counters;

  /// Returns when Redis answers: without it the answers would come from this process.
  @Setup(Level.Trial)
  public void connect() throws IOException, InterruptedException {
    directory = Files.createTempDirectory("sluice-jmh-").toRealPath();
    redis = RedisServer.start(directory, 0);
    link =
        new RedisLink(
            new RedissonSettings(
                RedisAddress.parse(redis.url()), Duration.ofSeconds(1), Duration.ofSeconds(5)),
            PREFIX);
    counters = new RedisInflightCounters(link, new Keys(PREFIX), Duration.ofSeconds(15));
    link.start();
    counters.start();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!link.up()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("Redis does not answer");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /// Ends all of it.
  @TearDown(Level.Trial)
  public void disconnect() throws IOException {
    counters.stop();
    link.stop();
    redis.close();
    DirectoryTree.delete(directory);
  }

  /// One request at a time.
  @Benchmark
  public InflightDecision alone() {
    return inAndOut();
  }

  /// Eight at a time, each for an upload of its own.
  @Benchmark
  @Threads(8)
  public InflightDecision eightAtOnce() {
    return inAndOut();
  }

  private InflightDecision inAndOut() {
    InflightDecision decision = counters.tryEnter(UUID.randomUUID(), 8, 128);
    if (!link.up()) {
      throw new IllegalStateException("Redis does not answer any more");
    }
    if (decision instanceof InflightDecision.Entered entered) {
      counters.leave(entered.token());
    }
    return decision;
  }
}
