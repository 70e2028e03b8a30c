package io.sluice.bench.figure;

import io.sluice.bench.load.SampleFile;
import io.sluice.bench.server.Servers;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Figures that take many minutes each, and are measured only when they are named.
final class LongFigures {

  private final Map<String, Make> all = new LinkedHashMap<>();

  /// Makes those of one name.
  private interface Make {
    List<Figure> make() throws IOException;
  }

  LongFigures(Servers servers, SampleFile sample, Sizes sizes) {
    all.put(
        "growth",
        () -> new Growth(servers.grown(sizes.grownUploads()), servers.sluice(), sample).figures());
    all.put("memory", () -> List.of(memory(servers, sample, sizes.inFlightBytes())));
    all.put(
        "scaling",
        () -> List.of(Scaling.figure(servers.fleet(sizes.workerSlots()), sizes, sample)));
  }

  /// Each on a Sluice of its own: what a process once held it does not give back.
  private static Figure memory(Servers servers, SampleFile sample, long mostBytes)
      throws IOException {
    return new Figure(
        "memory",
        "MiB live heap",
        Figure.Kind.MEBIBYTES,
        new InFlight(servers.another("sluice-many"), sample, 200, 5L << 30, mostBytes),
        List.of(new InFlight(servers.another("sluice-few"), sample, 10, 50L << 20, mostBytes)),
        "≤ 512 MiB, flat");
  }

  List<String> names() {
    return List.copyOf(all.keySet());
  }

  List<Figure> get(String name) throws IOException {
    Make make = all.get(name);
    if (make == null) {
      throw new IllegalArgumentException("there is no figure " + name);
    }
    return make.make();
  }
}
