package io.sluice.coordination.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.coordination.Gateway;
import io.sluice.coordination.OwnRedis;
import io.sluice.coordination.inflight.InflightDecision;
import io.sluice.coordination.window.WindowDecision;
import io.sluice.embedded.EmbeddedStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisLinkIT {

  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final Duration A_WHILE = Duration.ofSeconds(30);

  @Test
  void aProcessStartsWithoutRedisAndFindsItLater(@TempDir Path directory) throws Exception {
    try (OwnRedis redis = new OwnRedis(directory)) {
      redis.stop();
      try (Gateway gateway = Gateway.notWaiting(redis.url(), Gateway.freshPrefix())) {
        assertThat(gateway.link().up()).isFalse();
        assertThat(acquire(gateway)).isEqualTo(new WindowDecision.Unavailable());
        redis.startAgain();
        await().atMost(A_WHILE).until(gateway.link()::up);
        assertThat(acquire(gateway)).isInstanceOf(WindowDecision.Permit.class);
      }
    }
  }

  /// A frozen Redis is the worst kind: connections stand, answers never come.
  @Test
  void aFrozenRedisCostsOneTimeoutAndThenNothing(@TempDir Path directory) throws Exception {
    try (OwnRedis redis = new OwnRedis(directory);
        Gateway gateway =
            Gateway.on(redis.url(), Gateway.freshPrefix(), "sluice.redis.command-timeout=150ms")) {
      await().atMost(A_WHILE).until(() -> acquire(gateway) instanceof WindowDecision.Permit);
      redis.freeze();
      try {
        long start = System.nanoTime();
        assertThat(acquire(gateway)).isEqualTo(new WindowDecision.Unavailable());
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .isBetween(Duration.ofMillis(100), Duration.ofSeconds(2));
        // A thousand that each waited would take two and a half minutes.
        start = System.nanoTime();
        for (int i = 0; i < 1000; i++) {
          assertThat(acquire(gateway)).isEqualTo(new WindowDecision.Unavailable());
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(gateway.inflight().tryEnter(UUID.randomUUID(), 1, 1))
            .isInstanceOf(InflightDecision.Entered.class);
      } finally {
        redis.thaw();
      }
      await().atMost(A_WHILE).until(() -> acquire(gateway) instanceof WindowDecision.Permit);
    }
  }

  @Test
  void aRedisThatComesAndGoesIsFoundEachTime(@TempDir Path directory) throws Exception {
    try (OwnRedis redis = new OwnRedis(directory);
        Gateway gateway = Gateway.on(redis.url(), Gateway.freshPrefix())) {
      for (int i = 0; i < 3; i++) {
        redis.stop();
        assertThat(acquire(gateway)).isEqualTo(new WindowDecision.Unavailable());
        redis.startAgain();
        await().atMost(A_WHILE).until(() -> acquire(gateway) instanceof WindowDecision.Permit);
      }
    }
  }

  @Test
  void aWrongPasswordIsLikeNoRedis() {
    String url = EmbeddedStack.redis().url().replaceFirst(":[^:@/]+@", ":wrong@");
    try (Gateway gateway = Gateway.notWaiting(url, Gateway.freshPrefix())) {
      await()
          .during(Duration.ofSeconds(1))
          .until(() -> acquire(gateway).equals(new WindowDecision.Unavailable()));
    }
  }

  private static WindowDecision acquire(Gateway gateway) {
    return gateway.window().tryAcquire(UUID.randomUUID(), 1, LEASE);
  }
}
