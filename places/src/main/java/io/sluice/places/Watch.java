package io.sluice.places;

import io.sluice.storage.place.PlaceAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at one place again and again, remembers how it stood, and says so when that changes.
final class Watch {

  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final Duration REMINDER = Duration.ofMinutes(5);

  /// So many looks in a row must fail before a place that was well is taken for away by everybody.
  private static final int FAILURES_THAT_COUNT = 3;

  private final PlaceAddress address;
  private final PlaceSettings settings;
  private final LongSupplier nanoTime;
  private final SharedLooks<Seen> looks;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile Seen seen;
  private volatile long seenAtNanos;
  private volatile Seen steady;
  private int failures;
  private long failedAtNanos;
  private @Nullable PlaceWord said;
  private long saidAtNanos;

  /// @param look at the place; called by one thread at a time
  Watch(PlaceAddress address, Supplier<Seen> look, PlaceSettings settings, LongSupplier nanoTime) {
    this.address = address;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.seen = Seen.nothing(PlaceWord.UNKNOWN, Messages.notLookedAt(address));
    this.steady = seen;
    this.looks = new SharedLooks<>("place-look-" + address.kind().word(), () -> lookBy(look));
    this.seenAtNanos = nanoTime.getAsLong();
  }

  PlaceAddress address() {
    return address;
  }

  /// How it stood a short while ago.
  Seen seen() {
    return seen;
  }

  /// The same, but a look or two that fail say nothing of a place that was well: a service throttles, a disk is
  /// slow for a while, and whoever then puts bytes there finds out soon enough.
  Seen steadily() {
    return steady;
  }

  /// How it stood a few seconds ago at most: a bucket that is well is looked at less often by itself.
  Seen recently() {
    boolean recent =
        nanoTime.getAsLong() - seenAtNanos < settings.lookEvery().multipliedBy(2).toNanos();
    return recent ? seen : now();
  }

  /// How it stands now, or that it does not say so in time.
  Seen now() {
    long askedNanos = nanoTime.getAsLong();
    try {
      return looks.fresh().get(settings.patience().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return remember(
          Seen.nothing(PlaceWord.AWAY, Messages.silent(address, settings.patience())), askedNanos);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      LOG.atError().setCause(cause).log("a look at a place failed");
      return remember(Seen.nothing(PlaceWord.AWAY, Messages.away(address, cause)), askedNanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Seen.nothing(PlaceWord.UNKNOWN, Messages.notLookedAt(address));
    }
  }

  void start() {
    Thread.ofVirtual().name("place-watch-" + address.kind().word()).start(this::run);
  }

  void stop() {
    stopped.countDown();
  }

  private void run() {
    try {
      while (!stopped.await(pause().toNanos(), TimeUnit.NANOSECONDS)) {
        now();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What is not well is looked at often, so that it is soon taken for well again.
  private Duration pause() {
    boolean remote = !address.backend().equals("local");
    return remote && seen.word().isUsable() ? settings.lookEveryRemote() : settings.lookEvery();
  }

  private Seen lookBy(Supplier<Seen> look) {
    long beganNanos = nanoTime.getAsLong();
    return remember(look.get(), beganNanos);
  }

  private synchronized Seen remember(Seen now, long beganNanos) {
    seen = now;
    seenAtNanos = nanoTime.getAsLong();
    steady = steadied(now, beganNanos);
    say(now);
    return now;
  }

  /// Many may wait for the same look in vain: that is one failure, and so is its late end.
  private Seen steadied(Seen now, long beganNanos) {
    if (now.word() != PlaceWord.AWAY) {
      failures = 0;
      return now;
    }
    if (failures == 0 || beganNanos - failedAtNanos >= 0) {
      failures++;
      failedAtNanos = seenAtNanos;
    }
    return failures < FAILURES_THAT_COUNT && steady.word().isUsable() ? steady : now;
  }

  private void say(Seen now) {
    boolean changed = now.word() != said;
    boolean due = nanoTime.getAsLong() - saidAtNanos >= REMINDER.toNanos();
    if (now.word() == PlaceWord.OURS) {
      if (changed) {
        LOG.atInfo().log(now.text());
      }
    } else if (changed || due) {
      LOG.atError().log(now.text());
      saidAtNanos = nanoTime.getAsLong();
    }
    said = now.word();
  }
}
