package io.sluice.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.bench.load.Latency;
import io.sluice.bench.server.Server;
import io.sluice.bench.server.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {

  private static final Latency LATENCY = new Latency(5, 6, 7, 8);

  @Test
  void eightThatDoSixTimesTheWorkOfOneScaleByThreeQuarters() {
    Figure scaling =
        figure(Figure.Kind.SHARED_RATE, new Members(1), new Members(2), new Members(8));
    Trial one = trial(100, 10);

    assertThat(scaling.value(trial(480, 8))).isEqualTo(60);
    assertThat(scaling.ratio(0, one, one)).isEqualTo(1);
    assertThat(scaling.ratio(1, one, trial(200, 10))).isEqualTo(1);
    assertThat(scaling.ratio(2, one, trial(480, 8))).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void elsewhereTheFirstIsDividedByTheOther() {
    Figure rate = figure(Figure.Kind.RATE, new Members(1), new Members(1));
    assertThat(rate.ratio(1, trial(300, 10), trial(600, 10))).isEqualTo(0.5);

    Figure memory = figure(Figure.Kind.MEBIBYTES, new Members(1), new Members(1));
    assertThat(memory.ratio(1, trial(300, 10), trial(200, 1))).isEqualTo(1.5);

    Figure latency = figure(Figure.Kind.MEDIAN_MILLIS, new Members(1), new Members(1));
    assertThat(latency.value(trial(1, 1))).isEqualTo(5);
  }

  private static Trial trial(double amount, double seconds) {
    return new Trial(amount, seconds, LATENCY, 0, new Usage(0, 0, true));
  }

  private static Figure figure(Figure.Kind kind, Side first, Side... others) {
    return new Figure("scaling", "chunks/s", kind, first, List.of(others), "");
  }

  private record Members(int members) implements Side {
    @Override
    public Server server() {
      throw new UnsupportedOperationException("nothing runs");
    }

    @Override
    public Trial measure() {
      throw new UnsupportedOperationException("nothing runs");
    }
  }
}
