package io.sluice.bench.figure;

import io.sluice.bench.figure.Figure.Kind;
import io.sluice.bench.load.SampleFile;
import io.sluice.bench.server.Server;
import io.sluice.bench.server.SluiceServer;
import java.io.IOException;
import java.util.List;

/// The small work again, beside very many uploads that were there before.
record Growth(SluiceServer grown, SluiceServer empty, SampleFile sample) {

  private static final long FILES = 5000;

  /// Makes one side of a figure.
  private interface Make {
    Side of(SluiceSides sluice) throws IOException;
  }

  List<Figure> figures() throws IOException {
    return List.of(
        figure("small-files", "files/s", Kind.RATE, sluice -> sluice.smallFiles(FILES)),
        figure("init", "inits/s", Kind.RATE, SluiceSides::init),
        figure("stored-latency", "ms", Kind.MEDIAN_MILLIS, SluiceSides::storedLatency));
  }

  private Figure figure(String name, String unit, Kind kind, Make make) throws IOException {
    return new Figure(
        name + ", grown",
        unit,
        kind,
        make.of(new SluiceSides(grown, sample)),
        List.of(new Named("Sluice, empty", make.of(new SluiceSides(empty, sample)))),
        kind == Kind.RATE ? "≥ 0.9 × empty" : "≤ 1.1 × empty");
  }

  /// A side by another name than its server's.
  private record Named(String name, Side side) implements Side {

    @Override
    public Server server() {
      return side.server();
    }

    @Override
    public Trial measure() throws IOException {
      return side.measure();
    }
  }
}
