package io.sluice.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadinessTest {

  private record Check(
      String name, boolean isRequired, Optional<String> note, Optional<Exception> failure)
      implements ReadinessCheck {

    Check(String name, boolean isRequired, Optional<String> note) {
      this(name, isRequired, note, Optional.empty());
    }

    Check(String name, boolean isRequired, Exception failure) {
      this(name, isRequired, Optional.empty(), Optional.of(failure));
    }

    @Override
    public void check() throws Exception {
      if (failure.isPresent()) {
        throw failure.get();
      }
    }
  }

  @Test
  void whatPassesIsOkAndMaySaySomething() {
    Readiness ready =
        ask(
            new Check("database", true, Optional.empty()),
            new Check("objects", true, Optional.of("held")));

    assertThat(ready.status()).isEqualTo("ok");
    assertThat(ready.isReady()).isTrue();
    assertThat(ready.checks()).isEqualTo(Map.of("database", "ok", "objects", "ok"));
    assertThat(ready.details()).isEqualTo(Map.of("objects", "held"));
  }

  @Test
  void whatIsRequiredAndFailsMakesItUnavailable() {
    Readiness ready =
        ask(
            new Check("staging", true, new NotReadyException("gone")),
            new Check("objects", false, new NotReadyException("gone too")));

    assertThat(ready.status()).isEqualTo("unavailable");
    assertThat(ready.isReady()).isFalse();
    assertThat(ready.checks()).isEqualTo(Map.of("staging", "unavailable", "objects", "degraded"));
    assertThat(ready.details()).isEqualTo(Map.of("staging", "gone", "objects", "gone too"));
  }

  @Test
  void whatIsNotRequiredOrOnlyDegradesLeavesItReady() {
    assertThat(ask(new Check("a", false, new NotReadyException("x"))).isReady()).isTrue();
    Readiness ready = ask(new Check("a", true, NotReadyException.degraded("ahead")));
    assertThat(ready.isReady()).isTrue();
    assertThat(ready.status()).isEqualTo("degraded");
    assertThat(ready.details()).isEqualTo(Map.of("a", "ahead"));
  }

  /// A driver's message may name hosts and users.
  @Test
  void whatAnyOtherFailureSaysIsNotShown() {
    Readiness ready = ask(new Check("a", true, new IllegalStateException("secret")));

    assertThat(ready.isReady()).isFalse();
    assertThat(ready.details()).isEmpty();
  }

  private static Readiness ask(Check... checks) {
    Readiness answer = new HealthController(List.of(checks)).ready().getBody();
    if (answer == null) {
      throw new AssertionError("no answer");
    }
    return answer;
  }
}
