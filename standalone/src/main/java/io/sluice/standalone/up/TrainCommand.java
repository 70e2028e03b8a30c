package io.sluice.standalone.up;

import io.sluice.standalone.console.Terminal;
import io.sluice.standalone.demo.Rehearsal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What the launcher runs once after a build, on a directory that it throws away: a start, some files, an upload and an
/// end, for the JVM to remember which classes it needs and which methods it should compile first.
@Command(
    name = "train",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Starts, uploads a little, and ends.")
public final class TrainCommand implements Callable<Integer> {

  private static final long SIZE_BYTES = 24L << 20;

  private final Terminal terminal;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "An empty directory.")
  private Path data = Path.of("");

  /// A command that talks to this terminal.
  public TrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    QuietLogging.begin();
    try (Up up = Up.take(UpOptions.of(0, data), terminal)) {
      up.start();
      boolean identical = Rehearsal.run(up.url(), terminal, data, SIZE_BYTES);
      return identical ? 0 : 1;
    }
  }
}
