package io.sluice.coordination.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sluice.coordination.Gateway;
import io.sluice.coordination.OwnRedis;
import io.sluice.coordination.link.Script;
import io.sluice.coordination.rate.RateDecision.Exceeded;
import io.sluice.coordination.rate.RateDecision.Within;
import io.sluice.embedded.EmbeddedStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateLimitIT {

  @Test
  void theLimitHoldsOverAllGatewaysAndForEachCallerByItself() {
    String prefix = Gateway.freshPrefix();
    try (Gateway first = Gateway.on(EmbeddedStack.redis().url(), prefix);
        Gateway second = Gateway.on(EmbeddedStack.redis().url(), prefix)) {
      for (int i = 0; i < 10; i++) {
        assertThat((i % 2 == 0 ? first : second).rateLimit().tryPass("ann", 10))
            .isEqualTo(new Within());
      }
      assertThat(first.rateLimit().tryPass("ann", 10)).isInstanceOf(Exceeded.class);
      assertThat(second.rateLimit().tryPass("ann", 10))
          .isInstanceOfSatisfying(
              Exceeded.class,
              exceeded ->
                  assertThat(exceeded.retryAfter())
                      .isPositive()
                      .isLessThanOrEqualTo(Duration.ofMinutes(2)));
      assertThat(second.rateLimit().tryPass("bob", 10)).isEqualTo(new Within());
    }
  }

  /// The sum is written twice, once for Redis and once for the time without it.
  @Test
  void theScriptDoesTheSameSumAsTheProcess() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String lua = RedisRateLimit.PASS.lua().replace(Script.NOW, "local now = tonumber(ARGV[2])\n");
    try (Gateway gateway = Gateway.on(EmbeddedStack.redis().url(), Gateway.freshPrefix())) {
      SlidingMinute here = new SlidingMinute();
      List<Object> key = List.of(gateway.keys().of("rate", "compared"));
      long now = 1_700_000_000_000L;
      for (int i = 0; i < 2000; i++) {
        now += random.nextInt(8) == 0 ? random.nextInt(90_000) : random.nextInt(700);
        int limit = 1 + random.nextInt(40);
        long expected = here.tryPass(now, limit);
        long asked = now;
        assertThat(gateway.link().ask(new Script(lua).with(key, limit, asked)))
            .as("seed %d, request %d", seed, i)
            .hasValue(expected);
      }
    }
  }

  @Test
  void withoutRedisEachGatewayHoldsToTheLimitByItself(@TempDir Path directory) throws Exception {
    try (OwnRedis redis = new OwnRedis(directory);
        Gateway gateway = Gateway.on(redis.url(), Gateway.freshPrefix())) {
      redis.stop();
      for (int i = 0; i < 3; i++) {
        assertThat(gateway.rateLimit().tryPass("ann", 3)).isEqualTo(new Within());
      }
      assertThat(gateway.rateLimit().tryPass("ann", 3)).isInstanceOf(Exceeded.class);
      assertThat(gateway.rateLimit().tryPass("bob", 3)).isEqualTo(new Within());
    }
  }

  @Test
  void noLimitIsNotALimit() {
    try (Gateway gateway = Gateway.on(EmbeddedStack.redis().url(), Gateway.freshPrefix())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> gateway.rateLimit().tryPass("ann", 0))
          .withMessageContaining("limitPerMinute");
    }
  }
}
