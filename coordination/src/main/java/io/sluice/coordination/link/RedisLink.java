package io.sluice.coordination.link;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RFuture;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// The one way to Redis. Whoever asks gets an answer within the command timeout or none at all, and none
/// at once while Redis is known to be away.
///
/// The first question that fails or takes too long opens the circuit. From then on only this link's own
/// thread tries, until Redis takes a write again. Nobody's start depends on Redis: the connection is
/// made in the background, then or whenever Redis appears.
public final class RedisLink implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  /// Writes, so that a Redis which only reads (a replica, one out of memory) does not count as there.
  private static final String PROBE = "redis.call('SET', KEYS[1], '1', 'PX', 1000) return 1";

  private final RedissonSettings settings;
  private final String probeKey;
  private final AtomicBoolean up = new AtomicBoolean();
  private final Semaphore troubles = new Semaphore(1);
  private final List<Runnable> whenUp = new CopyOnWriteArrayList<>();
  private volatile @Nullable RedissonClient client;
  private volatile @Nullable Thread thread;
  private @Nullable String lastCause;

  public RedisLink(RedissonSettings settings, String keyPrefix) {
    this.settings = settings;
    this.probeKey = keyPrefix + ":probe";
  }

  /// Adds what is to be done each time Redis has come (back), possibly empty. Runs on the link's thread.
  public void whenUp(Runnable listener) {
    whenUp.add(listener);
  }

  /// Whether Redis answers as far as is known.
  public boolean up() {
    return up.get();
  }

  /// Asks, and waits for the answer for as long as the command timeout.
  ///
  /// @return empty if there is no answer; what was asked may have been done all the same
  public <T> Optional<T> ask(Function<RedissonClient, RFuture<T>> question) {
    RedissonClient asked = client;
    if (!up.get() || asked == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(await(question.apply(asked)));
    } catch (ExecutionException e) {
      failed(e.getCause());
    } catch (TimeoutException | RuntimeException e) {
      failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  /// Asks without waiting. A failure is noted and that is all.
  public <T> void tell(Function<RedissonClient, RFuture<T>> message) {
    RedissonClient told = client;
    if (!up.get() || told == null) {
      return;
    }
    try {
      var _ =
          message
              .apply(told)
              .whenComplete((answer, failure) -> {
                if (failure != null) {
                  failed(failure);
                }
              });
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  @Override
  public void start() {
    // Set before it runs: it looks whether it is to go on.
    Thread keeping = Thread.ofVirtual().name("redis-link").unstarted(this::run);
    thread = keeping;
    keeping.start();
  }

  @Override
  public void stop() {
    Thread running = thread;
    thread = null;
    if (running == null) {
      return;
    }
    up.set(false);
    running.interrupt();
    try {
      running.join(LONGEST_STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  /// First to start, last to stop.
  @Override
  public int getPhase() {
    return 0;
  }

  private <T> T await(RFuture<T> answer)
      throws ExecutionException, TimeoutException, InterruptedException {
    return answer
        .toCompletableFuture()
        .get(settings.commandTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void failed(@Nullable Throwable cause) {
    if (up.compareAndSet(true, false)) {
      complain(cause);
      troubles.release();
    }
  }

  private void run() {
    try {
      while (isRunning()) {
        troubles.acquire();
        troubles.drainPermits();
        bringUp();
      }
    } catch (InterruptedException e) {
      LOG.debug("stopped");
    } finally {
      close();
    }
  }

  /// The thread that makes the client is the one that ends it: a stop may come while it is being made.
  private void close() {
    RedissonClient closing = client;
    client = null;
    if (closing != null) {
      closing.shutdown(0, 2, TimeUnit.SECONDS);
    }
  }

  private void bringUp() throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (isRunning() && !answers()) {
      Thread.sleep(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
              ? LONGEST_PAUSE
              : pause.multipliedBy(2);
    }
    if (!isRunning()) {
      return;
    }
    up.set(true);
    forgetComplaint();
    LOG.info("redis answers at {}", settings.address());
    for (Runnable listener : whenUp) {
      try {
        listener.run();
      } catch (RuntimeException e) {
        LOG.warn("a listener failed after redis came back", e);
      }
    }
  }

  private boolean answers() throws InterruptedException {
    try {
      RedissonClient asked = client;
      if (asked == null) {
        asked = Redisson.create(settings.toConfig());
        client = asked;
      }
      RScript script = asked.getScript(StringCodec.INSTANCE);
      await(
          script.<Long>evalAsync(
              RScript.Mode.READ_WRITE, PROBE, RScript.ReturnType.LONG, List.of(probeKey)));
      return true;
    } catch (ExecutionException e) {
      complain(e.getCause());
    } catch (TimeoutException | RuntimeException e) {
      complain(e);
    }
    return false;
  }

  private synchronized void forgetComplaint() {
    lastCause = null;
  }

  /// Once for each new cause: a Redis that is away for an hour is one line, not thousands.
  private synchronized void complain(@Nullable Throwable failure) {
    Throwable cause = root(failure);
    // Messages name connections and are never the same twice.
    String kind = cause == null ? "unknown" : cause.getClass().getName();
    if (!kind.equals(lastCause)) {
      LOG.warn("redis does not answer at {}: {}", settings.address(), String.valueOf(cause));
      lastCause = kind;
    }
  }

  private static @Nullable Throwable root(@Nullable Throwable failure) {
    Throwable root = failure;
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
