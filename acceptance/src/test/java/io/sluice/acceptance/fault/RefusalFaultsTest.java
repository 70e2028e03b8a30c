package io.sluice.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.acceptance.proxy.Refusal;
import io.sluice.acceptance.proxy.Refusals;
import io.sluice.acceptance.proxy.S3Operation;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalFaultsTest {

  private static final int ENOUGH_DRAWS = 5000;

  static List<Function<Random, Refusal>> drawings() {
    return List.of(
        RefusalFaults::writes,
        RefusalFaults::someObjects,
        RefusalFaults::everything,
        RefusalFaults::oneOperation,
        RefusalFaults::fewObjects);
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void aSeedDrawsTheSameAgain(Function<Random, Refusal> drawing) {
    for (long seed = 0; seed < 100; seed++) {
      assertThat(drawing.apply(new Random(seed))).isEqualTo(drawing.apply(new Random(seed)));
    }
  }

  @ParameterizedTest
  @MethodSource("drawings")
  void everyAnswerIsDrawn(Function<Random, Refusal> drawing) {
    assertThat(drawn(drawing).map(Refusal::answer).distinct())
        .containsExactlyInAnyOrderElementsOf(new HashSet<>(Refusals.ALL));
  }

  @Test
  void everyOperationIsDrawn() {
    assertThat(drawn(RefusalFaults::oneOperation).map(Refusal::operations).distinct())
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.allOf(S3Operation.class).stream().map(Set::of).toList());
  }

  private static Stream<Refusal> drawn(Function<Random, Refusal> drawing) {
    Random random = new Random(1);
    return Stream.generate(() -> drawing.apply(random)).limit(ENOUGH_DRAWS);
  }
}
