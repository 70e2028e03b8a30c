package io.sluice.standalone.down;

import io.sluice.embedded.process.DirectoryInUseException;
import io.sluice.embedded.process.DirectoryLock;
import io.sluice.embedded.process.ProcessIdentity;
import io.sluice.embedded.process.StopSignal;
import io.sluice.embedded.process.Stopping;
import io.sluice.standalone.console.Terminal;
import io.sluice.standalone.instance.DataDirectory;
import io.sluice.standalone.instance.LeftOvers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Stops an instance, whoever started it and however.
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops the Sluice of a data directory in order and returns when it is gone.")
public final class DownCommand implements Callable<Integer> {

  /// Gateway, workers and reaper may take their time one after the other, then the servers.
  private static final Duration GRACE = Duration.ofMinutes(3);

  private final Terminal terminal;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The data directory (default: ./data).")
  private Path data = Path.of("data");

  /// A command that talks to this terminal.
  public DownCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    DataDirectory directory = new DataDirectory(data);
    try {
      Optional<ProcessIdentity> running = directory.running();
      if (running.isPresent()) {
        Stopping.stop(running.get(), StopSignal.TERM, GRACE);
        terminal.say("Stopped the Sluice on " + directory.root() + ".");
      } else {
        clearUp(directory);
      }
      return 0;
    } catch (IOException failed) {
      terminal.say("Not stopped: " + failed.getMessage());
      return 1;
    }
  }

  private void clearUp(DataDirectory directory) throws IOException {
    int leftOver = 0;
    if (Files.isDirectory(directory.run())) {
      try (DirectoryLock _ = DirectoryLock.take(directory.run())) {
        leftOver = new LeftOvers(directory).stop();
      } catch (DirectoryInUseException starting) {
        throw new IOException("one is just being started on " + directory.root(), starting);
      }
    }
    terminal.say(
        "No Sluice runs on "
            + directory.root()
            + (leftOver == 0 ? "." : "; ended %d left-over processes.".formatted(leftOver)));
  }
}
