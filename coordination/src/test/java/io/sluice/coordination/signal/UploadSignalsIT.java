package io.sluice.coordination.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.coordination.Gateway;
import io.sluice.coordination.OwnRedis;
import io.sluice.coordination.signal.UploadSignals.Watch;
import io.sluice.embedded.EmbeddedStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadSignalsIT {

  private static final Duration MOMENT = Duration.ofMillis(200);

  private final UUID upload = UUID.randomUUID();

  @Test
  void aSignalReachesWhoeverWaitsInAnotherProcessAndNobodyElse() throws Exception {
    String prefix = Gateway.freshPrefix();
    try (Gateway gateway = Gateway.on(EmbeddedStack.redis().url(), prefix);
        Gateway worker = Gateway.on(EmbeddedStack.redis().url(), prefix);
        Watch watch = gateway.signals().watch(upload);
        Watch other = gateway.signals().watch(UUID.randomUUID())) {
      // Listening begins in the background, so the first signals may be lost.
      await()
          .until(() -> {
            worker.signals().publish(upload);
            return watch.await(MOMENT);
          });
      assertThat(other.await(Duration.ofMillis(1))).isFalse();
    }
  }

  @Test
  void aSignalBetweenTheLookAndTheWaitIsNotMissed() throws Exception {
    try (Gateway gateway = Gateway.on(EmbeddedStack.redis().url(), Gateway.freshPrefix());
        Watch watch = gateway.signals().watch(upload)) {
      gateway.signals().publish(upload);
      assertThat(watch.await(Duration.ZERO)).isTrue();
    }
  }

  @Test
  void noSignalEndsTheWaitInTime() throws Exception {
    try (Gateway gateway = Gateway.on(EmbeddedStack.redis().url(), Gateway.freshPrefix());
        Watch watch = gateway.signals().watch(upload)) {
      assertThat(watch.await(MOMENT)).isFalse();
    }
  }

  @Test
  void signalsComeAgainAfterRedisWasAway(@TempDir Path directory) throws Exception {
    String prefix = Gateway.freshPrefix();
    try (OwnRedis redis = new OwnRedis(directory);
        Gateway gateway = Gateway.on(redis.url(), prefix);
        Gateway worker = Gateway.on(redis.url(), prefix)) {
      try (Watch before = gateway.signals().watch(upload)) {
        await()
            .until(() -> {
              worker.signals().publish(upload);
              return before.await(MOMENT);
            });
      }
      redis.stop();
      worker.signals().publish(upload);
      redis.startAgain();
      try (Watch after = gateway.signals().watch(upload)) {
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> {
              worker.signals().publish(upload);
              return after.await(MOMENT);
            });
      }
    }
  }

  @Test
  void whoBeganToWaitWithoutRedisHearsOnceItIsThere(@TempDir Path directory) throws Exception {
    String prefix = Gateway.freshPrefix();
    try (OwnRedis redis = new OwnRedis(directory)) {
      redis.stop();
      try (Gateway gateway = Gateway.notWaiting(redis.url(), prefix);
          Watch watch = gateway.signals().watch(upload)) {
        redis.startAgain();
        try (Gateway worker = Gateway.on(redis.url(), prefix)) {
          await()
              .atMost(Duration.ofSeconds(30))
              .until(() -> {
                worker.signals().publish(upload);
                return watch.await(MOMENT);
              });
        }
      }
    }
  }
}
