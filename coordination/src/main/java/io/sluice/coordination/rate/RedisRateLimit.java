package io.sluice.coordination.rate;

import io.sluice.coordination.link.Keys;
import io.sluice.coordination.link.RedisLink;
import io.sluice.coordination.link.Script;
import java.time.Duration;
import java.util.List;

/// [RateLimit] as one hash for each caller in Redis: the running minute, its count, the count before.
public final class RedisRateLimit implements RateLimit {

  /// The same sum as in [SlidingMinute].
  static final Script PASS =
      new Script(
          Script.NOW
              + """
              local limit = tonumber(ARGV[1])
              local current = math.floor(now / 60000)
              local passed = now % 60000
              local known = redis.call('HMGET', KEYS[1], 'minute', 'count', 'before')
              local minute = tonumber(known[1])
              local count = tonumber(known[2]) or 0
              local before = tonumber(known[3]) or 0
              if minute ~= current then
                before = minute == current - 1 and count or 0
                count = 0
              end
              if before * (60000 - passed) <= (limit - 1 - count) * 60000 then
                redis.call('HSET', KEYS[1], 'minute', current, 'count', count + 1, 'before', before)
                redis.call('PEXPIRE', KEYS[1], 120000)
                return 0
              end
              if count + 1 <= limit then
                local wanted = 60000 - math.floor((limit - 1 - count) * 60000 / before)
                return math.max(1, wanted - passed)
              end
              local wanted = 60000 - math.floor((limit - 1) * 60000 / count)
              return 60000 - passed + math.max(0, wanted)
              """);

  private final RedisLink link;
  private final Keys keys;
  private final LocalRates local = new LocalRates();

  public RedisRateLimit(RedisLink link, Keys keys) {
    this.link = link;
    this.keys = keys;
    link.whenUp(local::clear);
  }

  @Override
  public RateDecision tryPass(String key, int limitPerMinute) {
    if (limitPerMinute < 1) {
      throw new IllegalArgumentException("limitPerMinute " + limitPerMinute);
    }
    long waitMillis =
        link.ask(PASS.with(List.of(keys.of("rate", key)), limitPerMinute))
            .orElseGet(() -> local.tryPass(key, limitPerMinute));
    return waitMillis == 0
        ? new RateDecision.Within()
        : new RateDecision.Exceeded(Duration.ofMillis(waitMillis));
  }
}
