package io.sluice.standalone.backup;

import io.sluice.standalone.backup.Manifest.Kind;
import io.sluice.standalone.backup.Manifest.Layout;
import io.sluice.standalone.backup.Manifest.Place;
import io.sluice.standalone.console.Terminal;
import io.sluice.standalone.instance.DataDirectory;
import io.sluice.standalone.up.QuietLogging;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a data directory of a backup.
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a new data directory of a backup; start it with sluice up.",
      "Fills nothing that holds anything already."
    })
public final class RestoreCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(paramLabel = "DIR", description = "The backup.")
  private Path source = Path.of("");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "The data directory to make; it is new or empty.")
  private Path data = Path.of("");

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "An empty database to fill, instead of one in --data.")
  private @Nullable String databaseUrl;

  /// A command that talks to this terminal.
  public RestoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    QuietLogging.begin();
    DataDirectory directory = new DataDirectory(data);
    try {
      Manifest manifest =
          new Restore(
                  source.toAbsolutePath().normalize(),
                  directory,
                  databaseUrl == null
                      ? Optional.empty()
                      : Optional.of(DatabaseAddress.of(databaseUrl)),
                  new Locations(directory, System.getenv()))
              .run();
      tell(manifest, directory);
      return 0;
    } catch (IOException failed) {
      terminal.say("Not restored: " + failed.getMessage());
      return 1;
    }
  }

  private void tell(Manifest manifest, DataDirectory directory) {
    Optional<Place> objects = manifest.place(Kind.OBJECTS);
    terminal.answer(
        "%s is as of %s.".formatted(directory.root(), manifest.database().snapshotAt()));
    if (objects.isEmpty()) {
      terminal.answer("The objects are not in the backup: bring their bucket back first.");
    }
    boolean s3 = objects.filter(place -> place.layout() == Layout.S3_SERVER).isPresent();
    terminal.answer(
        "Start it: ./sluice up --data %s%s".formatted(directory.root(), s3 ? " --storage s3" : ""));
  }
}
