package io.sluice.coordination.window;

import io.sluice.coordination.link.Keys;
import io.sluice.coordination.link.RedisLink;
import io.sluice.coordination.link.Script;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// How many slots the workers of the fleet have together: a sorted set with a member for each worker,
/// scores the times at which they are taken for dead.
///
/// One thread of each process asks every few seconds, and a worker's says with it that it lives, so
/// nobody waits for an answer. While Redis is away the last answer counts.
public final class FleetSlots implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(FleetSlots.class);

  private static final Duration PERIOD = Duration.ofSeconds(3);
  private static final Duration LEASE = Duration.ofSeconds(15);

  /// Answers with the sum of the slots.
  private static final Script MEET =
      new Script(
          Script.NOW
              + """
              redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
              if ARGV[1] ~= '' then
                redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
                redis.call('PEXPIRE', KEYS[1], ARGV[2])
              end
              local slots = 0
              for _, worker in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
                slots = slots + tonumber(string.match(worker, '%d+$'))
              end
              return slots
              """);

  private static final Script LEAVE = new Script("return redis.call('ZREM', KEYS[1], ARGV[1])");

  private final RedisLink link;
  private final List<Object> key;
  private volatile String member = "";
  private volatile int total;
  private volatile @Nullable Thread thread;

  public FleetSlots(RedisLink link, Keys keys) {
    this.link = link;
    this.key = List.of(keys.of("fleet", "slots"));
    link.whenUp(this::meet);
  }

  /// Counts this process among the workers for as long as it runs.
  public void announce(int slots) {
    member = Keys.newToken() + ":" + slots;
    meet();
  }

  /// The slots of all workers; empty if none is known.
  public OptionalInt total() {
    int known = total;
    return known > 0 ? OptionalInt.of(known) : OptionalInt.empty();
  }

  private void meet() {
    link.ask(MEET.with(key, member, LEASE.toMillis()))
        .ifPresent(slots -> total = Math.toIntExact(slots));
  }

  private void run() {
    try {
      while (isRunning()) {
        Thread.sleep(PERIOD);
        meet();
      }
    } catch (InterruptedException e) {
      LOG.debug("stopped");
    }
  }

  @Override
  public void start() {
    Thread meeting = Thread.ofVirtual().name("fleet-slots").unstarted(this::run);
    thread = meeting;
    meeting.start();
  }

  /// A worker that stops in order is not counted any more.
  @Override
  public void stop() {
    Thread running = thread;
    thread = null;
    if (running != null) {
      running.interrupt();
    }
    if (!member.isEmpty()) {
      link.ask(LEAVE.with(key, member));
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  /// Stops before the link does.
  @Override
  public int getPhase() {
    return 1;
  }
}
