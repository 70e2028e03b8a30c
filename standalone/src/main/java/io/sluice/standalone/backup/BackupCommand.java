package io.sluice.standalone.backup;

import io.sluice.standalone.backup.Manifest.Layout;
import io.sluice.standalone.backup.Manifest.Place;
import io.sluice.standalone.console.ByteText;
import io.sluice.standalone.console.Terminal;
import io.sluice.standalone.instance.DataDirectory;
import io.sluice.standalone.instance.InstanceState;
import io.sluice.standalone.up.QuietLogging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Takes a backup of what runs.
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Copies the database, staging and the object store of a running Sluice, which goes on meanwhile.",
      "Takes the settings of the places from the same environment as up."
    })
public final class BackupCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(paramLabel = "DIR", description = "Where to: a directory that is new or empty.")
  private Path target = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The data directory (default: ./data).")
  private Path data = Path.of("data");

  @Option(
      names = "--key",
      defaultValue = "dev-key",
      description = "An administrator's API key (default: ${DEFAULT-VALUE}).")
  private String key = "";

  @Option(names = "--url", description = "Where Sluice listens (default: what runs on --data).")
  private @Nullable String url;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "The database (default: that of --data, else DATABASE_URL).")
  private @Nullable String databaseUrl;

  @Option(
      names = "--without-store",
      description = "Leave the objects out: somebody copies their bucket, after this.")
  private boolean withoutStore;

  /// A command that talks to this terminal.
  public BackupCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    QuietLogging.begin();
    Path directory = target.toAbsolutePath().normalize();
    try {
      RunningSystem system = system();
      Restore.refuseIfUsed(directory);
      Files.createDirectories(directory);
      try (RemovalHold hold = new RemovalHold(system.url(), key)) {
        terminal.say("Holding all removals, then copying to " + directory + " ...");
        tell(
            new Backup(hold, new DatabaseSnapshot(system.database())::write, places(system))
                .run(directory),
            directory);
      }
      return 0;
    } catch (IOException failed) {
      terminal.say("No backup: " + failed.getMessage());
      return 1;
    }
  }

  private RunningSystem system() throws IOException {
    DataDirectory here = new DataDirectory(data);
    return RunningSystem.of(here, InstanceState.ofRunning(here), url, databaseUrl, System.getenv());
  }

  private List<PlaceSource> places(RunningSystem system) throws BackupException {
    List<PlaceSource> places = new ArrayList<>();
    if (system.locations().stagingIsS3()) {
      throw new BackupException(
          "Staging is in S3, and no other than its service can copy it: see docs/operations.md.");
    }
    places.add(system.locations().staging());
    Optional<Layout> objects = system.objects();
    if (!withoutStore) {
      places.add(
          system
              .locations()
              .objects(
                  objects.orElseThrow(() ->
                      new BackupException(
                          "The objects are in a bucket elsewhere, which its service copies. Say"
                              + " --without-store, and see docs/operations.md for the order."))));
    }
    return places;
  }

  private void tell(Manifest manifest, Path directory) {
    long rows = manifest.database().tables().stream().mapToLong(Manifest.Table::rows).sum();
    terminal.answer(
        "%s: %d rows of %s".formatted(directory, rows, manifest.database().snapshotAt()));
    for (Place place : manifest.places()) {
      terminal.answer(
          "  %-8s %d files, %s"
              .formatted(place.kind().word(), place.files(), ByteText.size(place.bytes())));
    }
    if (withoutStore) {
      terminal.answer("  without the object store: copy its bucket now");
    }
  }
}
