package io.sluice.acceptance.torture;

import io.sluice.acceptance.fault.Fault;
import io.sluice.acceptance.fault.Faults;
import io.sluice.acceptance.process.StoreKind;
import io.sluice.acceptance.process.SystemPlan;
import io.sluice.acceptance.workload.FileSizes;
import io.sluice.embedded.process.DirectoryTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `./sluice torture`.
@Command(
    name = "torture",
    mixinStandardHelpOptions = true,
    description =
        "Uploads with many clients while processes are killed, frozen and cut off, then audits that nothing"
            + " acknowledged was lost. Ends with 1 if anything was.")
public final class TortureCommand implements Callable<Integer> {

  private static final FileSizes SIZES = new FileSizes(2 << 20, 24);

  /// S3 joins chunks into parts of 5 MiB and more: some files must have several.
  private static final FileSizes S3_SIZES = new FileSizes(3 << 20, 16);

  @Option(names = "--seed", description = "Replays a run's decisions; drawn if not given.")
  private @Nullable Long seed;

  @Option(
      names = "--minutes",
      defaultValue = "5",
      description = "Time under load and faults (${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--faults",
      split = ",",
      description = "Only these faults; all if not given. 'none' for none, 'list' shows them.")
  private @Nullable Set<String> faults;

  @Option(
      names = "--storage",
      defaultValue = "s3",
      description = "s3, which more faults know, or local (${DEFAULT-VALUE}).")
  private String storage = "s3";

  @Option(names = "--clients", defaultValue = "6", description = "At once (${DEFAULT-VALUE}).")
  private int clients;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--keep", description = "Leaves logs, histories and data where they are.")
  private boolean keep;

  /// Runs the command and ends the process.
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new TortureCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    StoreKind store = checked();
    if (faults != null && faults.contains("list")) {
      Faults.all(store).forEach(fault -> System.out.println(fault.name()));
      return 0;
    }
    long chosen = seed != null ? seed : ThreadLocalRandom.current().nextInt(1_000_000);
    Path directory = Files.createTempDirectory("sluice-torture-");
    System.out.printf(
        "torture: seed %d, %.1f minutes, %s store, files in %s%n",
        chosen, minutes, storage, directory);
    TortureResult result =
        new TortureRun(
                new TorturePlan(
                    chosen,
                    Duration.ofMillis((long) (minutes * 60_000)),
                    chosenFaults(store),
                    SystemPlan.small(store).fleet(2, 2, 2),
                    clients,
                    store == StoreKind.S3 ? S3_SIZES : SIZES,
                    0.25,
                    directory))
            .run();
    System.out.print(result.table());
    if (result.isClean() && !keep) {
      DirectoryTree.delete(directory);
    } else {
      System.out.println("everything the run left behind is in " + directory);
    }
    return result.isClean() ? 0 : 1;
  }

  /// What cannot be run is refused before anything starts.
  private StoreKind checked() {
    try {
      if (minutes <= 0 || clients < 1) {
        throw new IllegalArgumentException("--minutes and --clients must be more than nothing");
      }
      StoreKind store = StoreKind.valueOf(storage.toUpperCase(Locale.ROOT));
      if (faults == null || !faults.contains("list")) {
        chosenFaults(store);
      }
      return store;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private List<Fault> chosenFaults(StoreKind store) {
    if (faults == null) {
      return Faults.all(store);
    }
    return faults.contains("none") ? List.of() : Faults.named(store, faults);
  }
}
