package io.sluice.coordination.inflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.coordination.Gateway;
import io.sluice.coordination.OwnRedis;
import io.sluice.coordination.inflight.InflightDecision.Entered;
import io.sluice.coordination.inflight.InflightDecision.Full;
import io.sluice.coordination.inflight.InflightDecision.Limit;
import io.sluice.embedded.EmbeddedStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.api.RFuture;
import org.redisson.api.RedissonClient;

class InflightCountersIT {

  private static final UUID UPLOAD = UUID.fromString("0198c000-0000-7000-8000-000000000001");
  private static final int PLENTY = 1000;

  @Test
  void theLimitsHoldOverAllGateways() throws Exception {
    String prefix = Gateway.freshPrefix();
    try (Gateway first = Gateway.on(EmbeddedStack.redis().url(), prefix);
        Gateway second = Gateway.on(EmbeddedStack.redis().url(), prefix);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<InflightDecision>> asked = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        InflightCounters counters = (i % 2 == 0 ? first : second).inflight();
        asked.add(threads.submit(() -> counters.tryEnter(UPLOAD, 8, PLENTY)));
      }
      int entered = 0;
      for (Future<InflightDecision> decision : asked) {
        if (decision.get() instanceof Entered) {
          entered++;
        } else {
          assertThat(decision.get()).isEqualTo(new Full(Limit.UPLOAD));
        }
      }
      assertThat(entered).isEqualTo(8);
      assertThat(first.inflight().enteredHere() + second.inflight().enteredHere()).isEqualTo(8);
      assertThat(first.inflight().tryEnter(UUID.randomUUID(), 8, 8))
          .isEqualTo(new Full(Limit.GLOBAL));
      assertThat(second.inflight().tryEnter(UUID.randomUUID(), 8, 9)).isInstanceOf(Entered.class);
    }
  }

  @Test
  void aPlaceThatIsLeftCanBeTakenByAnotherGateway() {
    String prefix = Gateway.freshPrefix();
    try (Gateway first = Gateway.on(EmbeddedStack.redis().url(), prefix);
        Gateway second = Gateway.on(EmbeddedStack.redis().url(), prefix)) {
      InflightToken token = enter(first, 1);
      assertThat(second.inflight().tryEnter(UPLOAD, 1, PLENTY)).isEqualTo(new Full(Limit.UPLOAD));

      first.inflight().leave(token);
      first.inflight().leave(token);

      await().until(() -> second.inflight().tryEnter(UPLOAD, 1, PLENTY) instanceof Entered);
      assertThat(first.inflight().enteredHere()).isZero();
    }
  }

  /// The next request of the upload then costs no round trip.
  @Test
  void whileThereIsPlentyOfRoomAPlaceIsKeptForTheNextRequest() {
    String prefix = Gateway.freshPrefix();
    try (Gateway first = Gateway.on(EmbeddedStack.redis().url(), prefix);
        Gateway second = Gateway.on(EmbeddedStack.redis().url(), prefix)) {
      InflightToken token = enter(first, 8);
      first.inflight().leave(token);

      assertThat(enter(first, 8)).isEqualTo(token);
      assertThat(first.inflight().enteredHere()).isOne();
      first.inflight().leave(token);
      first.inflight().leave(token);
      assertThat(first.inflight().enteredHere()).isZero();

      // Nobody needed it, so it is given back.
      await().until(() -> second.inflight().tryEnter(UPLOAD, 1, PLENTY) instanceof Entered);
    }
  }

  @Test
  void aPlaceIsNotKeptWhereRoomIsShort() {
    String prefix = Gateway.freshPrefix();
    try (Gateway first = Gateway.on(EmbeddedStack.redis().url(), prefix)) {
      List<InflightToken> tokens = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        tokens.add(enter(first, 8));
      }
      InflightToken last = tokens.getLast();
      first.inflight().leave(last);

      assertThat(enter(first, 8)).as("the fourth of eight").isNotEqualTo(last);
    }
  }

  /// What this gateway keeps for one upload is no reason to refuse another.
  @Test
  void placesKeptForNobodyMakeRoomAtOnce() {
    try (Gateway gateway = Gateway.on(EmbeddedStack.redis().url(), Gateway.freshPrefix())) {
      for (int i = 0; i < 3; i++) {
        InflightDecision decision = gateway.inflight().tryEnter(UUID.randomUUID(), PLENTY, PLENTY);
        gateway.inflight().leave(((Entered) decision).token());
      }

      assertThat(gateway.inflight().tryEnter(UPLOAD, 1, 1)).isInstanceOf(Entered.class);
    }
  }

  @Test
  void aLimitOfZeroRefusesAll() {
    try (Gateway gateway = Gateway.on(EmbeddedStack.redis().url(), Gateway.freshPrefix())) {
      assertThat(gateway.inflight().tryEnter(UPLOAD, 0, 0)).isEqualTo(new Full(Limit.UPLOAD));
      assertThat(gateway.inflight().tryEnter(UPLOAD, PLENTY, 0)).isEqualTo(new Full(Limit.GLOBAL));
      assertThat(gateway.inflight().enteredHere()).isZero();
    }
  }

  @Test
  void requestsOfAGatewayThatDiedAreForgottenAfterTheLease() {
    String prefix = Gateway.freshPrefix();
    String lease = "sluice.redis.inflight-lease=1s";
    try (Gateway alive = Gateway.on(EmbeddedStack.redis().url(), prefix, lease)) {
      try (Gateway dying = Gateway.on(EmbeddedStack.redis().url(), prefix, lease)) {
        enter(dying, 1);
        assertThat(alive.inflight().tryEnter(UPLOAD, 1, PLENTY)).isEqualTo(new Full(Limit.UPLOAD));
      }
      await().until(() -> alive.inflight().tryEnter(UPLOAD, 1, PLENTY) instanceof Entered);
    }
  }

  @Test
  void aRequestThatTakesManyLeasesKeepsItsPlace() {
    String prefix = Gateway.freshPrefix();
    String lease = "sluice.redis.inflight-lease=2s";
    try (Gateway slow = Gateway.on(EmbeddedStack.redis().url(), prefix, lease);
        Gateway other = Gateway.on(EmbeddedStack.redis().url(), prefix, lease)) {
      enter(slow, 1);
      await()
          .during(Duration.ofSeconds(6))
          .atMost(Duration.ofSeconds(8))
          .until(() -> other.inflight().tryEnter(UPLOAD, 1, PLENTY).equals(new Full(Limit.UPLOAD)));
    }
  }

  @Test
  void afterAFlushTheCountsComeBack() {
    String prefix = Gateway.freshPrefix();
    String lease = "sluice.redis.inflight-lease=2s";
    try (Gateway first = Gateway.on(EmbeddedStack.redis().url(), prefix, lease);
        Gateway second = Gateway.on(EmbeddedStack.redis().url(), prefix, lease)) {
      InflightToken token = enter(first, 1);
      first.link().ask(client -> forgetAll(client, prefix));

      // Its own requests are never forgotten by a gateway, ...
      assertThat(first.inflight().tryEnter(UPLOAD, 1, PLENTY)).isEqualTo(new Full(Limit.UPLOAD));
      // ... and it tells the others again.
      await().until(() -> refusedWithoutATrace(second));
      first.inflight().leave(token);
      await().until(() -> second.inflight().tryEnter(UPLOAD, 1, PLENTY) instanceof Entered);
    }
  }

  @Test
  void whileRedisIsAwayEachGatewayHoldsToTheLimitsAndTellsTheOthersLater(@TempDir Path directory)
      throws Exception {
    String prefix = Gateway.freshPrefix();
    try (OwnRedis redis = new OwnRedis(directory);
        Gateway first = Gateway.on(redis.url(), prefix);
        Gateway second = Gateway.on(redis.url(), prefix)) {
      redis.stop();
      InflightToken firstToken = enter(first, 2);
      InflightToken secondToken = enter(first, 2);
      assertThat(first.inflight().tryEnter(UPLOAD, 2, PLENTY)).isEqualTo(new Full(Limit.UPLOAD));
      assertThat(second.inflight().tryEnter(UPLOAD, 2, PLENTY)).isInstanceOf(Entered.class);

      redis.startAgain();

      await().atMost(Duration.ofSeconds(30)).until(() -> first.link().up() && second.link().up());
      await().until(() -> refusedWithoutATrace(second, 3));
      first.inflight().leave(firstToken);
      first.inflight().leave(secondToken);
      await().until(() -> second.inflight().tryEnter(UPLOAD, 2, PLENTY) instanceof Entered);
      assertThat(first.inflight().enteredHere()).isZero();
    }
  }

  private static InflightToken enter(Gateway gateway, int limit) {
    InflightDecision decision = gateway.inflight().tryEnter(UPLOAD, limit, PLENTY);
    assertThat(decision).isInstanceOf(Entered.class);
    return ((Entered) decision).token();
  }

  private static boolean refusedWithoutATrace(Gateway gateway) {
    return refusedWithoutATrace(gateway, 1);
  }

  private static boolean refusedWithoutATrace(Gateway gateway, int limit) {
    InflightDecision decision = gateway.inflight().tryEnter(UPLOAD, limit, PLENTY);
    if (decision instanceof Entered(InflightToken token)) {
      gateway.inflight().leave(token);
      return false;
    }
    return decision.equals(new Full(Limit.UPLOAD));
  }

  private static RFuture<Long> forgetAll(RedissonClient client, String prefix) {
    return client.getKeys().deleteByPatternAsync(prefix + ":*");
  }
}
