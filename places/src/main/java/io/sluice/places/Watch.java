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

  private final PlaceAddress address;
  private final PlaceSettings settings;
  private final LongSupplier nanoTime;
  private final SharedLooks<Seen> looks;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile Seen seen;
  private volatile long seenAtNanos;
  private @Nullable PlaceWord said;
  private long saidAtNanos;

  /// @param look at the place; called by one thread at a time
  Watch(PlaceAddress address, Supplier<Seen> look, PlaceSettings settings, LongSupplier nanoTime) {
    this.address = address;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.seen = Seen.nothing(PlaceWord.UNKNOWN, Messages.notLookedAt(address));
    this.looks =
        new SharedLooks<>("place-look-" + address.kind().word(), () -> remember(look.get()));
    this.seenAtNanos = nanoTime.getAsLong();
  }

  PlaceAddress address() {
    return address;
  }

  /// How it stood a short while ago.
  Seen seen() {
    return seen;
  }

  /// How it stood a few seconds ago at most: a bucket that is well is looked at less often by itself.
  Seen recently() {
    boolean recent =
        nanoTime.getAsLong() - seenAtNanos < settings.lookEvery().multipliedBy(2).toNanos();
    return recent ? seen : now();
  }

  /// How it stands now, or that it does not say so in time.
  Seen now() {
    try {
      return looks.fresh().get(settings.patience().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return remember(Seen.nothing(PlaceWord.AWAY, Messages.silent(address, settings.patience())));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      LOG.atError().setCause(cause).log("a look at a place failed");
      return remember(Seen.nothing(PlaceWord.AWAY, Messages.away(address, cause)));
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

  private Seen remember(Seen now) {
    seen = now;
    seenAtNanos = nanoTime.getAsLong();
    say(now);
    return now;
  }

  private synchronized void say(Seen now) {
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
