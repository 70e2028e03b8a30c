package io.sluice.coordination.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

  @Test
  void aHostAloneGetsTheDefaultPortAndDatabase() {
    assertThat(RedisAddress.parse("redis://cache"))
        .isEqualTo(new RedisAddress("redis://cache:6379", null, null, 0));
  }

  @Test
  void everyPartIsRead() {
    assertThat(RedisAddress.parse("rediss://app:p%40ss+w:rd@cache.internal:7000/3"))
        .isEqualTo(new RedisAddress("rediss://cache.internal:7000", "app", "p@ss+w:rd", 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis://:secret@[::1]:6380/", "redis://secret@[::1]:6380"})
  void aPasswordMayStandWithoutAUser(String url) {
    assertThat(RedisAddress.parse(url))
        .isEqualTo(new RedisAddress("redis://[::1]:6380", null, "secret", 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "cache:6379", "http://secret@cache", "redis://", "redis://secret@h/x", "a b"})
  void anythingElseIsRefusedWithoutRepeatingIt(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisAddress.parse(url))
        .withMessageStartingWith("sluice.redis.url must look like")
        .withMessageNotContaining("secret");
  }

  @Test
  void thePasswordIsNotPrinted() {
    assertThat(RedisAddress.parse("redis://app:secret@cache:1/2")).hasToString("redis://cache:1/2");
  }
}
