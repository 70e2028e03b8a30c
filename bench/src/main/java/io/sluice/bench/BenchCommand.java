package io.sluice.bench;

import io.sluice.bench.figure.Figure;
import io.sluice.bench.figure.Figures;
import io.sluice.bench.figure.Peer;
import io.sluice.bench.figure.Profile;
import io.sluice.bench.load.SampleFile;
import io.sluice.bench.report.Comparison;
import io.sluice.bench.report.JsonReport;
import io.sluice.bench.report.Machine;
import io.sluice.bench.report.Table;
import io.sluice.bench.server.Servers;
import io.sluice.embedded.process.DirectoryTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `./sluice bench`.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measures Sluice beside programs that do a part of the same work, all in one run, and prints ratios.")
public final class BenchCommand implements Callable<Integer> {

  private static final int MEBIBYTE = 1 << 20;

  /// Whole chunks of 8 MiB, and the same share for each of 2, 4 or 6 clients of a file: tus sends one share each.
  private static final int FILE_STEP_MEBIBYTES = 48;

  @Option(
      names = "--profile",
      defaultValue = "fast",
      description =
          "Large files at once × clients of each: fast 2 × 2, balanced 3 × 4, max-throughput 4 × 6"
              + " (${DEFAULT-VALUE}).")
  private String profile = "fast";

  @Option(
      names = "--against",
      split = ",",
      description = "Peers: nginx, s3, tus, or none; all that can run here if not given.")
  private @Nullable List<String> against;

  @Option(
      names = "--figures",
      split = ",",
      description =
          "Only these; 'list' shows their names. If not given, all but growth, memory and scaling,"
              + " which take long.")
  private @Nullable List<String> figures;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Of each figure, after those to warm up (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "How long Sluice works on each figure before it counts, in whole rounds, at least one"
              + " (${DEFAULT-VALUE}).")
  private int warmUpSeconds;

  @Option(
      names = "--file-mib",
      defaultValue = "288",
      description = "Size of a large file, a multiple of 48 (${DEFAULT-VALUE}).")
  private int fileMebibytes;

  @Mixin private SizeOptions sizes = new SizeOptions();

  @Option(names = "--json", paramLabel = "FILE", description = "Writes every trial to a file.")
  private @Nullable Path json;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Where all servers keep their files meanwhile: on the disk that is to be measured.")
  private @Nullable Path directory;

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec specification;

  /// Runs the command and ends the process.
  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new BenchCommand());
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    check();
    Path launcher = launcher();
    Machine machine = Machine.here();
    Path home = Files.createTempDirectory(parent(), "sluice-bench-");
    Servers servers = new Servers(launcher, home);
    // However this ends, Ctrl-C too: the servers are processes of their own and would stay.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> clearUp(servers, home)));
    try (SampleFile sample =
        SampleFile.create(home.resolve("sample"), (long) fileMebibytes * MEBIBYTE)) {
      Figures all = new Figures(servers, peers(), sample, chosenProfile(), sizes.get());
      if (figures != null && figures.contains("list")) {
        all.names().forEach(System.out::println);
        return 0;
      }
      List<Comparison> comparisons = new ArrayList<>();
      for (String name : chosen(all)) {
        for (Figure figure : all.get(name)) {
          comparisons.add(Comparison.run(figure, rounds, warmUpSeconds));
        }
      }
      report(machine, comparisons);
      return 0;
    }
  }

  private void check() {
    sizes.check(command());
    if (rounds < 1) {
      throw wrong("--rounds: %d is less than 1".formatted(rounds));
    }
    if (warmUpSeconds < 0) {
      throw wrong("--warm-up: %d is less than 0".formatted(warmUpSeconds));
    }
    if (fileMebibytes < FILE_STEP_MEBIBYTES || fileMebibytes % FILE_STEP_MEBIBYTES != 0) {
      throw wrong(
          "--file-mib: %d is no multiple of %d".formatted(fileMebibytes, FILE_STEP_MEBIBYTES));
    }
  }

  private static void clearUp(Servers servers, Path home) {
    try {
      servers.close();
      DirectoryTree.delete(home);
    } catch (IOException failed) {
      System.err.println("left behind in " + home + ": " + failed);
    }
  }

  private void report(Machine machine, List<Comparison> comparisons) throws IOException {
    System.out.println(machine.text());
    System.out.println();
    System.out.print(Table.of(comparisons));
    if (json != null) {
      Files.writeString(json, JsonReport.of(machine, commandLine(), comparisons).text());
    }
  }

  private Path parent() throws IOException {
    Path chosen = directory != null ? directory : Path.of(System.getProperty("java.io.tmpdir"));
    return Files.createDirectories(chosen).toRealPath();
  }

  private static Path launcher() throws IOException {
    String launcher = System.getProperty("sluice.launcher");
    if (launcher == null) {
      throw new IOException("start it as ./sluice bench");
    }
    return Path.of(launcher);
  }

  private Profile chosenProfile() {
    return pick("--profile", profile, Stream.of(Profile.values()).toList());
  }

  private Set<Peer> peers() {
    if (against == null) {
      return Stream.of(Peer.values())
          .filter(Peer::isAvailable)
          .collect(Collectors.toCollection(() -> EnumSet.noneOf(Peer.class)));
    }
    Set<Peer> chosen = EnumSet.noneOf(Peer.class);
    for (String name : against) {
      if (!name.equals("none")) {
        Peer peer = pick("--against", name, Stream.of(Peer.values()).toList());
        if (!peer.isAvailable()) {
          throw wrong(name + " is not installed on this machine");
        }
        chosen.add(peer);
      }
    }
    return chosen;
  }

  private List<String> chosen(Figures all) {
    if (figures == null) {
      return all.usual();
    }
    for (String name : figures) {
      if (!all.names().contains(name)) {
        throw wrong("--figures: %s is none of %s".formatted(name, all.names()));
      }
    }
    return figures;
  }

  private <T extends Enum<T>> T pick(String option, String word, List<T> values) {
    return values.stream()
        .filter(value -> word(value).equals(word))
        .findFirst()
        .orElseThrow(() ->
            wrong(
                "%s: %s is none of %s"
                    .formatted(option, word, values.stream().map(BenchCommand::word).toList())));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command(), message);
  }

  /// As it was typed, so that it can be typed again.
  String commandLine() {
    return String.join(
        " ",
        Stream.concat(
                Stream.of("./sluice bench"), command().getParseResult().originalArgs().stream())
            .toList());
  }

  private CommandLine command() {
    return Objects.requireNonNull(specification, "picocli sets it").commandLine();
  }
}
