package io.sluice.coordination.inflight;

import io.sluice.coordination.inflight.InflightDecision.Entered;
import io.sluice.coordination.inflight.InflightDecision.Full;
import io.sluice.coordination.inflight.InflightDecision.Limit;
import io.sluice.coordination.link.Keys;
import io.sluice.coordination.link.RedisLink;
import io.sluice.coordination.link.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// [InflightCounters] as sorted sets in Redis: one for each upload, one for all, members the tokens,
/// scores the times at which they end.
///
/// What this process has in progress is its own knowledge; the sets are only what the others can see of
/// it. So one thread writes all of it there again every third of a lease, which renews the leases, and
/// repairs the sets after a flush and after an outage.
public final class RedisInflightCounters implements InflightCounters, SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(RedisInflightCounters.class);

  private static final int TOKENS_A_SCRIPT = 200;

  /// 0: counted. 1: the upload's limit, 2: the global limit is reached.
  private static final Script ENTER =
      new Script(
          Script.NOW
              + """
              for i = 1, 2 do
                redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now)
                if redis.call('ZCARD', KEYS[i]) >= tonumber(ARGV[i + 2]) then
                  return i
                end
              end
              for i = 1, 2 do
                redis.call('ZADD', KEYS[i], now + ARGV[2], ARGV[1])
                redis.call('PEXPIRE', KEYS[i], ARGV[2])
              end
              return 0
              """);

  /// The last key is that of all uploads; the others belong to the tokens, one to one.
  private static final Script RENEW =
      new Script(
          Script.NOW
              + """
              for i = 1, #KEYS - 1 do
                redis.call('ZADD', KEYS[i], now + ARGV[1], ARGV[i + 1])
                redis.call('PEXPIRE', KEYS[i], ARGV[1])
                redis.call('ZADD', KEYS[#KEYS], now + ARGV[1], ARGV[i + 1])
              end
              redis.call('PEXPIRE', KEYS[#KEYS], ARGV[1])
              return #KEYS - 1
              """);

  private static final Script LEAVE =
      new Script(
          """
          redis.call('ZREM', KEYS[2], ARGV[1])
          return redis.call('ZREM', KEYS[1], ARGV[1])
          """);

  private final RedisLink link;
  private final Keys keys;
  private final Duration lease;
  private final LocalCounts counts = new LocalCounts();
  private final Map<String, InflightToken> held = new ConcurrentHashMap<>();
  private volatile @Nullable Thread thread;

  public RedisInflightCounters(RedisLink link, Keys keys, Duration lease) {
    this.link = link;
    this.keys = keys;
    this.lease = lease;
    link.whenUp(this::renewAll);
  }

  @Override
  public InflightDecision tryEnter(UUID uploadId, int perUploadLimit, int globalLimit) {
    Limit here = counts.tryEnter(uploadId, perUploadLimit, globalLimit);
    if (here != null) {
      return new Full(here);
    }
    InflightToken token = new InflightToken(uploadId, Keys.newToken());
    Optional<Long> answer =
        link.ask(
            ENTER.with(
                bothKeys(uploadId), token.id(), lease.toMillis(), perUploadLimit, globalLimit));
    // No answer: this process holds to the limits by itself, and tells the others later.
    if (answer.isPresent() && answer.get() != 0) {
      counts.leave(uploadId);
      return new Full(answer.get() == 1 ? Limit.UPLOAD : Limit.GLOBAL);
    }
    held.put(token.id(), token);
    return new Entered(token);
  }

  @Override
  public void leave(InflightToken token) {
    if (held.remove(token.id()) != null) {
      counts.leave(token.uploadId());
      forget(token);
    }
  }

  @Override
  public int enteredHere() {
    return counts.all();
  }

  @Override
  public void start() {
    Thread renewing = Thread.ofVirtual().name("inflight-renewal").unstarted(this::run);
    thread = renewing;
    renewing.start();
  }

  @Override
  public void stop() {
    Thread running = thread;
    thread = null;
    if (running != null) {
      running.interrupt();
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

  private void run() {
    try {
      while (isRunning()) {
        Thread.sleep(lease.dividedBy(3));
        renewAll();
      }
    } catch (InterruptedException e) {
      LOG.debug("stopped");
    }
  }

  private void renewAll() {
    List<InflightToken> tokens = List.copyOf(held.values());
    for (int from = 0; from < tokens.size(); from += TOKENS_A_SCRIPT) {
      renew(tokens.subList(from, Math.min(from + TOKENS_A_SCRIPT, tokens.size())));
    }
  }

  private void renew(List<InflightToken> tokens) {
    List<Object> allKeys = new ArrayList<>();
    List<Object> arguments = new ArrayList<>();
    arguments.add(lease.toMillis());
    for (InflightToken token : tokens) {
      allKeys.add(keys.of("inflight", token.uploadId()));
      arguments.add(token.id());
    }
    allKeys.add(keys.of("inflight", "all"));
    link.ask(RENEW.with(allKeys, arguments.toArray()));
    // A request that ended meanwhile may have been forgotten first and written again after.
    tokens.stream().filter(token -> !held.containsKey(token.id())).forEach(this::forget);
  }

  private void forget(InflightToken token) {
    link.tell(LEAVE.with(bothKeys(token.uploadId()), token.id()));
  }

  private List<Object> bothKeys(UUID uploadId) {
    return List.of(keys.of("inflight", uploadId), keys.of("inflight", "all"));
  }
}
