package io.sluice.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bench.figure.Figure;
import io.sluice.bench.figure.Figure.Kind;
import io.sluice.bench.figure.Side;
import io.sluice.bench.figure.Trial;
import io.sluice.bench.load.Latency;
import io.sluice.bench.server.Server;
import io.sluice.bench.server.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private final List<String> turns = new ArrayList<>();

  /// Each of its trials takes four seconds and does one unit more than the one before.
  private final class Recorded implements Side {

    private final String name;
    private int done;

    Recorded(String name) {
      this.name = name;
    }

    @Override
    public Server server() {
      throw new AssertionError("nothing asks who it is");
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Trial measure() {
      turns.add(name);
      done++;
      return new Trial(4 * done, 4, Latency.NONE, 0, new Usage(0, 0, true));
    }
  }

  private Comparison compared(int rounds, double warmUpSeconds) throws IOException {
    return compared(Kind.RATE, rounds, warmUpSeconds);
  }

  private Comparison compared(Kind kind, int rounds, double warmUpSeconds) throws IOException {
    Figure figure =
        new Figure("figure", "units/s", kind, new Recorded("a"), List.of(new Recorded("b")), "");
    return Comparison.run(figure, rounds, warmUpSeconds);
  }

  @Test
  void roundsCountOnceTheFirstSideHasWorkedLongEnough() throws IOException {
    Comparison comparison = compared(2, 10);

    // Three rounds of four seconds were needed, and do not count.
    assertThat(comparison.values(0)).isEqualTo(Spread.of(List.of(4.0, 5.0)));
    assertThat(comparison.values(1)).isEqualTo(Spread.of(List.of(4.0, 5.0)));
  }

  @Test
  void oneRoundAlwaysWarmsUp() throws IOException {
    assertThat(compared(1, 0).values(0)).isEqualTo(Spread.of(List.of(2.0)));
  }

  @Test
  void sidesTakeTurnsInTurnedOrder() throws IOException {
    compared(2, 0);

    assertThat(turns).containsExactly("a", "b", "b", "a", "a", "b");
  }

  @Test
  void fleetsAreWarmedUpAndMeasuredOneAfterTheOther() throws IOException {
    Comparison comparison = compared(Kind.SHARED_RATE, 2, 5);

    assertThat(turns).containsExactly("a", "a", "a", "a", "b", "b", "b", "b");
    assertThat(comparison.values(1)).isEqualTo(Spread.of(List.of(3.0, 4.0)));
    assertThat(comparison.ratio(1)).isEqualTo(Spread.of(List.of(1.0, 1.0)));
  }
}
