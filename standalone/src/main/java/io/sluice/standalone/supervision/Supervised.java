package io.sluice.standalone.supervision;

import io.sluice.standalone.instance.Instance;
import io.sluice.standalone.instance.Member;
import io.sluice.standalone.instance.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A member that runs until it is told to stop: one that dies is started again.
public final class Supervised {

  private static final Logger LOG = LoggerFactory.getLogger(Supervised.class);
  private static final long LOOK_EVERY_MILLIS = 100;

  private final String name;
  private final Role role;
  private final int port;
  private final Path log;
  private final Start start;
  private final Instance instance;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable Thread starter;
  private @Nullable Running current;
  private int restarts;

  /// @param port where it will listen, the same after every restart
  /// @param log what `status` names as its log
  public Supervised(String name, Role role, int port, Path log, Start start, Instance instance) {
    this.name = name;
    this.role = role;
    this.port = port;
    this.log = log;
    this.start = start;
    this.instance = instance;
  }

  /// Starts it, returns when it serves, and watches it from then on.
  public synchronized void start() throws IOException {
    if (isStopping()) {
      throw new IOException(name + " is not started: everything is being stopped");
    }
    Running first = startInterruptibly();
    Thread.ofVirtual().name("watch-" + name).start(() -> watch(first));
  }

  private synchronized Running startInterruptibly() throws IOException {
    starter = Thread.currentThread();
    try {
      Running started = start.start();
      current = started;
      publish(started.pid());
      return started;
    } finally {
      starter = null;
    }
  }

  private void watch(Running first) {
    RestartPause pause = new RestartPause();
    Running watched = first;
    long startNanos = System.nanoTime();
    try {
      while (true) {
        while (watched.isAlive()) {
          if (stopping.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
            return;
          }
        }
        if (isStopping()) {
          return;
        }
        Duration wait = pause.after(Duration.ofNanos(System.nanoTime() - startNanos));
        LOG.atWarn().addKeyValue("member", name).addKeyValue("pause", wait).log("member died");
        publish(0);
        if (stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        startNanos = System.nanoTime();
        watched = startAgain(watched);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Running startAgain(Running dead) {
    if (isStopping()) {
      return dead;
    }
    restarts++;
    try {
      dead.stop();
      return startInterruptibly();
    } catch (IOException | RuntimeException failed) {
      LOG.atError().addKeyValue("member", name).setCause(failed).log("member not restarted");
      return dead;
    }
  }

  /// Ends it for good and returns when it is gone. A start that is under way is given up.
  public void stop() throws IOException {
    stopping.countDown();
    Thread starting = starter;
    if (starting != null) {
      starting.interrupt();
    }
    synchronized (this) {
      Running last = current;
      current = null;
      if (last != null) {
        last.stop();
      }
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private void publish(long pid) {
    instance.put(new Member(name, role, pid, port, restarts, log.toString()));
  }

  /// Its name in the instance.
  public String name() {
    return name;
  }
}
