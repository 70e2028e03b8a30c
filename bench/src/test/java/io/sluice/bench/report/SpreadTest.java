package io.sluice.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void theMedianIsTheMiddleWhateverTheOrder() {
    assertThat(Spread.of(List.of(5.0, 1.0, 3.0))).isEqualTo(new Spread(3, 1, 5));
  }

  @Test
  void ofAnEvenNumberItIsHalfWayBetweenTheMiddleTwo() {
    assertThat(Spread.of(List.of(8.0, 2.0, 4.0, 1.0))).isEqualTo(new Spread(3, 1, 8));
  }

  @Test
  void itReadsWithItsEnds() {
    assertThat(new Spread(1234.56, 1000, 2000).text(1)).isEqualTo("1,234.6 [1,000.0–2,000.0]");
  }
}
