package io.sluice.coordination.link;

import java.util.List;
import java.util.function.Function;
import org.redisson.api.RFuture;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/// A Lua script that answers with a number. It runs as one: nothing else happens in Redis meanwhile, and
/// it costs one round trip however much it does.
///
/// Scripts take the time from Redis, the only clock that all processes share there.
public record Script(String lua) {

  /// Milliseconds by Redis's clock, in the local `now`.
  public static final String NOW =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000 + math.floor(time[2] / 1000)
      """;

  /// The question to ask, or tell, the [RedisLink].
  public Function<RedissonClient, RFuture<Long>> with(List<Object> keys, Object... arguments) {
    return client ->
        client
            .getScript(StringCodec.INSTANCE)
            .evalAsync(RScript.Mode.READ_WRITE, lua, RScript.ReturnType.LONG, keys, arguments);
  }
}
