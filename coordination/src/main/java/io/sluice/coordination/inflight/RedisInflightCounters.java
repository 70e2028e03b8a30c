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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
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
///
/// While less than half of both limits is in use, a token stays in Redis for a moment after its request has
/// ended: the next request of the upload takes it over and asks nobody.
public final class RedisInflightCounters implements InflightCounters, SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(RedisInflightCounters.class);

  private static final int TOKENS_A_SCRIPT = 200;

  /// How long a token may be without a request.
  static final Duration SPARE = Duration.ofMillis(250);

  /// How long a token may be handed on before Redis is asked again how full it is.
  private static final Duration HANDED_ON = Duration.ofSeconds(1);

  /// 0: counted, and less than half of both limits is in use. 3: counted. 1: the upload's limit, 2: the
  /// global limit is reached.
  private static final Script ENTER =
      new Script(
          Script.NOW
              + """
              local answer = 0
              for i = 1, 2 do
                redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now)
                local count = redis.call('ZCARD', KEYS[i])
                local limit = tonumber(ARGV[i + 2])
                if count >= limit then
                  return i
                end
                if 2 * (count + 1) >= limit then
                  answer = 3
                end
              end
              for i = 1, 2 do
                redis.call('ZADD', KEYS[i], now + ARGV[2], ARGV[1])
                redis.call('PEXPIRE', KEYS[i], ARGV[2])
              end
              return answer
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
          for i = 1, #KEYS - 1 do
            redis.call('ZREM', KEYS[i], ARGV[i])
            redis.call('ZREM', KEYS[#KEYS], ARGV[i])
          end
          return #KEYS - 1
          """);

  private record Held(InflightToken token, long handedOnUntilNanos) {}

  private final RedisLink link;
  private final Keys keys;
  private final Duration lease;
  private final LocalCounts counts = new LocalCounts();

  /// What Redis counts for this process, spare tokens included.
  private final Map<String, Held> held = new ConcurrentHashMap<>();

  private final Set<String> inUse = ConcurrentHashMap.newKeySet();
  private final SpareTokens spares = new SpareTokens();
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
    InflightToken token = spares.take(uploadId);
    if (token == null) {
      token = new InflightToken(uploadId, Keys.newToken());
      Optional<Long> answer = enter(token, perUploadLimit, globalLimit);
      if (isFull(answer) && giveBack(spares.takeAll())) {
        answer = enter(token, perUploadLimit, globalLimit);
      }
      if (isFull(answer)) {
        counts.leave(uploadId);
        return new Full(answer.get() == 1 ? Limit.UPLOAD : Limit.GLOBAL);
      }
      // No answer: this process holds to the limits by itself, and tells the others later.
      long handedOn = answer.isPresent() && answer.get() == 0 ? HANDED_ON.toNanos() : 0;
      held.put(token.id(), new Held(token, System.nanoTime() + handedOn));
    }
    inUse.add(token.id());
    return new Entered(token);
  }

  private Optional<Long> enter(InflightToken token, int perUploadLimit, int globalLimit) {
    return link.ask(
        ENTER.with(
            keysOf(List.of(token)), token.id(), lease.toMillis(), perUploadLimit, globalLimit));
  }

  private static boolean isFull(Optional<Long> answer) {
    return answer.isPresent() && (answer.get() == 1 || answer.get() == 2);
  }

  @Override
  public void leave(InflightToken token) {
    if (!inUse.remove(token.id())) {
      return;
    }
    counts.leave(token.uploadId());
    long now = System.nanoTime();
    Held entry = held.get(token.id());
    if (entry != null && now - entry.handedOnUntilNanos() < 0) {
      spares.keep(token, now);
    } else {
      forget(List.of(token));
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
    long renewedNanos = System.nanoTime();
    try {
      while (isRunning()) {
        Thread.sleep(SPARE);
        forget(spares.takeUnusedSince(System.nanoTime() - SPARE.toNanos()));
        if (System.nanoTime() - renewedNanos >= lease.dividedBy(3).toNanos()) {
          renewedNanos = System.nanoTime();
          renewAll();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("stopped");
    }
    forget(spares.takeAll());
  }

  private void renewAll() {
    inBatches(held.values().stream().map(Held::token).toList(), this::renew);
  }

  private void renew(List<InflightToken> tokens) {
    List<Object> arguments = new ArrayList<>(idsOf(tokens));
    arguments.addFirst(lease.toMillis());
    link.ask(RENEW.with(keysOf(tokens), arguments.toArray()));
    // A request that ended meanwhile may have been forgotten first and written again after.
    forget(tokens.stream().filter(token -> !held.containsKey(token.id())).toList());
  }

  /// Does not wait.
  private void forget(List<InflightToken> tokens) {
    tokens.forEach(token -> held.remove(token.id()));
    inBatches(tokens, batch -> link.tell(LEAVE.with(keysOf(batch), idsOf(batch).toArray())));
  }

  /// Waits, so that others find room then.
  ///
  /// @return whether there was anything to give
  private boolean giveBack(List<InflightToken> tokens) {
    tokens.forEach(token -> held.remove(token.id()));
    inBatches(tokens, batch -> link.ask(LEAVE.with(keysOf(batch), idsOf(batch).toArray())));
    return !tokens.isEmpty();
  }

  private static void inBatches(List<InflightToken> tokens, Consumer<List<InflightToken>> act) {
    for (int from = 0; from < tokens.size(); from += TOKENS_A_SCRIPT) {
      act.accept(tokens.subList(from, Math.min(from + TOKENS_A_SCRIPT, tokens.size())));
    }
  }

  private static List<String> idsOf(List<InflightToken> tokens) {
    return tokens.stream().map(InflightToken::id).toList();
  }

  /// Those of the tokens' uploads, one to one, and that of all.
  private List<Object> keysOf(List<InflightToken> tokens) {
    List<Object> all = new ArrayList<>(tokens.size() + 1);
    tokens.forEach(token -> all.add(keys.of("inflight", token.uploadId())));
    all.add(keys.of("inflight", "all"));
    return all;
  }
}
