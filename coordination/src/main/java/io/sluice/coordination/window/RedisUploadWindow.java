package io.sluice.coordination.window;

import io.sluice.coordination.link.Keys;
import io.sluice.coordination.link.RedisLink;
import io.sluice.coordination.link.Script;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// [UploadWindow] as a sorted set for each upload: members the permits that are out, scores the times at
/// which they end.
///
/// Redisson has a semaphore of expiring permits, and it is not used: it must be told its size before it
/// gives a permit and forgets it in a flush, so that every "no" needs a second question (is it full or
/// unknown?); its size cannot follow a changing limit; and its keys must be expired in a third. A set of
/// what is out has no size to forget. An empty Redis gives permits at once, and at worst an upload has
/// twice its share in flight for one lease.
public final class RedisUploadWindow implements UploadWindow {

  /// Sets the key to end with its last permit.
  private static final String EXPIRE =
      """
      local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
      if last[2] then
        redis.call('PEXPIREAT', KEYS[1], last[2])
      end
      """;

  /// 1: taken. 0: full.
  private static final Script ACQUIRE =
      new Script(
          Script.NOW
              + """
              redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
              if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then
                return 0
              end
              redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
              """
              + EXPIRE
              + "return 1");

  /// 1: extended. 0: it has ended or was never there.
  private static final Script EXTEND =
      new Script(
          Script.NOW
              + """
              redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
              if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then
                return 0
              end
              redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
              """
              + EXPIRE
              + "return 1");

  private static final Script RELEASE = new Script("return redis.call('ZREM', KEYS[1], ARGV[1])");

  private final RedisLink link;
  private final Keys keys;

  public RedisUploadWindow(RedisLink link, Keys keys) {
    this.link = link;
    this.keys = keys;
  }

  @Override
  public WindowDecision tryAcquire(UUID uploadId, int permits, Duration lease) {
    String permitId = Keys.newToken();
    Optional<Long> answer =
        link.ask(ACQUIRE.with(key(uploadId), permitId, lease.toMillis(), permits));
    if (answer.isEmpty()) {
      return new WindowDecision.Unavailable();
    }
    return answer.get() == 1 ? new WindowDecision.Permit(permitId) : new WindowDecision.Full();
  }

  @Override
  public boolean extend(UUID uploadId, String permitId, Duration lease) {
    return link.ask(EXTEND.with(key(uploadId), permitId, lease.toMillis())).orElse(0L) == 1;
  }

  @Override
  public void release(UUID uploadId, String permitId) {
    link.tell(RELEASE.with(key(uploadId), permitId));
  }

  private List<Object> key(UUID uploadId) {
    return List.of(keys.of("window", uploadId));
  }
}
