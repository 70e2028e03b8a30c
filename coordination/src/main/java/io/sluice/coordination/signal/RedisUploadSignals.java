package io.sluice.coordination.signal;

import io.sluice.coordination.link.Keys;
import io.sluice.coordination.link.RedisLink;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.redisson.api.RFuture;
import org.redisson.api.RTopic;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/// [UploadSignals] over one channel of Redis, which every process that has ever waited listens to. One
/// channel for all uploads: listening to a channel of its own would cost each wait a round trip.
public final class RedisUploadSignals implements UploadSignals {

  private final RedisLink link;
  private final String channel;
  private final Map<UUID, Set<Ear>> ears = new ConcurrentHashMap<>();
  private final AtomicBoolean wanted = new AtomicBoolean();
  private final AtomicBoolean listening = new AtomicBoolean();

  public RedisUploadSignals(RedisLink link, Keys keys) {
    this.link = link;
    this.channel = keys.of("uploads", "ended");
    link.whenUp(this::listen);
  }

  @Override
  public void publish(UUID uploadId) {
    wake(uploadId);
    link.tell(client -> topic(client).publishAsync(uploadId.toString()));
  }

  @Override
  public Watch watch(UUID uploadId) {
    wanted.set(true);
    listen();
    Ear ear = new Ear(uploadId);
    ears.compute(
        uploadId,
        (id, known) -> {
          Set<Ear> set = known == null ? ConcurrentHashMap.newKeySet() : known;
          set.add(ear);
          return set;
        });
    return ear;
  }

  /// Once for the life of the process: Redisson listens again by itself after an outage. Should the first
  /// time fail, the next wait or the next return of Redis tries again.
  private void listen() {
    if (wanted.get() && link.up() && listening.compareAndSet(false, true)) {
      link.tell(this::listenOn);
    }
  }

  private RFuture<Integer> listenOn(RedissonClient client) {
    RFuture<Integer> begun =
        topic(client).addListenerAsync(String.class, (name, message) -> heard(message));
    var _ = begun.whenComplete((id, failure) -> listening.set(failure == null));
    return begun;
  }

  private void heard(String message) {
    try {
      wake(UUID.fromString(message));
    } catch (IllegalArgumentException e) {
      // Not ours; a signal is only ever a hint.
    }
  }

  private void wake(UUID uploadId) {
    Set<Ear> waiting = ears.get(uploadId);
    if (waiting != null) {
      waiting.forEach(ear -> ear.signal.countDown());
    }
  }

  private RTopic topic(RedissonClient client) {
    return client.getTopic(channel, StringCodec.INSTANCE);
  }

  private final class Ear implements Watch {
    private final UUID uploadId;
    private final CountDownLatch signal = new CountDownLatch(1);

    Ear(UUID uploadId) {
      this.uploadId = uploadId;
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
      return signal.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
      ears.computeIfPresent(
          uploadId,
          (id, known) -> {
            known.remove(this);
            return known.isEmpty() ? null : known;
          });
    }
  }
}
