package io.sluice.coordination.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.coordination.Gateway;
import io.sluice.coordination.OwnRedis;
import io.sluice.coordination.window.WindowDecision.Full;
import io.sluice.coordination.window.WindowDecision.Permit;
import io.sluice.coordination.window.WindowDecision.Unavailable;
import io.sluice.embedded.EmbeddedStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadWindowIT {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final UUID upload = UUID.randomUUID();

  @Test
  void anUploadHasSoManyPermitsOverAllProcessesAndOthersHaveTheirOwn() {
    String prefix = Gateway.freshPrefix();
    try (Gateway gateway = Gateway.on(EmbeddedStack.redis().url(), prefix);
        Gateway worker = Gateway.on(EmbeddedStack.redis().url(), prefix)) {
      Permit first = acquire(gateway, 2, LONG);
      Permit second = acquire(worker, 2, LONG);
      assertThat(second.id()).isNotEqualTo(first.id());
      assertThat(gateway.window().tryAcquire(upload, 2, LONG)).isEqualTo(new Full());
      assertThat(gateway.window().tryAcquire(UUID.randomUUID(), 2, LONG))
          .isInstanceOf(Permit.class);

      worker.window().release(upload, first.id());
      worker.window().release(upload, first.id());

      await().until(() -> gateway.window().tryAcquire(upload, 2, LONG) instanceof Permit);
      assertThat(gateway.window().tryAcquire(upload, 2, LONG)).isEqualTo(new Full());
    }
  }

  @Test
  void theNumberOfPermitsMayChangeFromCallToCall() {
    try (Gateway gateway = Gateway.on(EmbeddedStack.redis().url(), Gateway.freshPrefix())) {
      acquire(gateway, 1, LONG);
      assertThat(gateway.window().tryAcquire(upload, 1, LONG)).isEqualTo(new Full());
      acquire(gateway, 2, LONG);
      assertThat(gateway.window().tryAcquire(upload, 1, LONG)).isEqualTo(new Full());
      assertThat(gateway.window().tryAcquire(upload, 0, LONG)).isEqualTo(new Full());
    }
  }

  @Test
  void aPermitEndsWithItsLeaseUnlessItIsExtended() {
    try (Gateway gateway = Gateway.on(EmbeddedStack.redis().url(), Gateway.freshPrefix())) {
      Permit lost = acquire(gateway, 2, SHORT);
      Permit kept = acquire(gateway, 2, Duration.ofSeconds(10));
      assertThat(gateway.window().extend(upload, kept.id(), LONG)).isTrue();

      await().until(() -> gateway.window().tryAcquire(upload, 2, LONG) instanceof Permit);
      assertThat(gateway.window().tryAcquire(upload, 2, LONG)).isEqualTo(new Full());
      assertThat(gateway.window().extend(upload, lost.id(), LONG)).isFalse();
      assertThat(gateway.window().extend(upload, kept.id(), LONG)).isTrue();
    }
  }

  @Test
  void nothingIsLeftInRedisOnceEveryPermitHasEnded() {
    try (Gateway gateway = Gateway.on(EmbeddedStack.redis().url(), Gateway.freshPrefix())) {
      String key = gateway.keys().of("window", upload);
      Permit longer = acquire(gateway, 2, LONG);
      acquire(gateway, 2, SHORT);
      assertThat(gateway.link().ask(client -> client.getKeys().countExistsAsync(key))).hasValue(1L);
      assertThat(gateway.link().ask(client -> client.getBucket(key).remainTimeToLiveAsync()))
          .hasValueSatisfying(
              millis -> assertThat(millis).isBetween(LONG.toMillis() / 2, LONG.toMillis()));
      assertThat(gateway.window().extend(upload, longer.id(), SHORT)).isTrue();
      await()
          .until(() ->
              gateway.link().ask(client -> client.getKeys().countExistsAsync(key)).get() == 0L);
    }
  }

  @Test
  void afterAFlushPermitsAreGivenAgainAndOldOnesAreUnknown() {
    String prefix = Gateway.freshPrefix();
    try (Gateway gateway = Gateway.on(EmbeddedStack.redis().url(), prefix)) {
      Permit old = acquire(gateway, 1, LONG);
      gateway.link().ask(client -> client.getKeys().deleteByPatternAsync(prefix + ":*"));

      assertThat(gateway.window().extend(upload, old.id(), LONG)).isFalse();
      Permit fresh = acquire(gateway, 1, LONG);
      gateway.window().release(upload, old.id());
      assertThat(gateway.window().tryAcquire(upload, 1, LONG)).isEqualTo(new Full());
      assertThat(gateway.window().extend(upload, fresh.id(), LONG)).isTrue();
    }
  }

  @Test
  void withoutRedisNobodyKnows(@TempDir Path directory) throws Exception {
    try (OwnRedis redis = new OwnRedis(directory);
        Gateway gateway = Gateway.on(redis.url(), Gateway.freshPrefix())) {
      Permit permit = acquire(gateway, 1, LONG);
      redis.stop();
      assertThat(gateway.window().tryAcquire(upload, 1, LONG)).isEqualTo(new Unavailable());
      assertThat(gateway.window().extend(upload, permit.id(), LONG)).isFalse();
      gateway.window().release(upload, permit.id());
      redis.startAgain();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> gateway.window().tryAcquire(UUID.randomUUID(), 1, LONG) instanceof Permit);
    }
  }

  private Permit acquire(Gateway gateway, int permits, Duration lease) {
    WindowDecision decision = gateway.window().tryAcquire(upload, permits, lease);
    assertThat(decision).isInstanceOf(Permit.class);
    return (Permit) decision;
  }
}
