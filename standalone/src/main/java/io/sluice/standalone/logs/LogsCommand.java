package io.sluice.standalone.logs;

import io.sluice.standalone.console.Terminal;
import io.sluice.standalone.instance.DataDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows the logs of an instance, running or not.
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Shows what the services say; with a NAME, only that service or server.")
public final class LogsCommand implements Callable<Integer> {

  private static final long LOOK_EVERY_MILLIS = 200;

  private final Terminal terminal;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Such as worker-2 or postgres.")
  private @Nullable String name;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The data directory (default: ./data).")
  private Path data = Path.of("data");

  @Option(
      names = {"-f", "--follow"},
      description = "Go on showing what comes.")
  private boolean follow;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      defaultValue = "20",
      description = "How many lines of each to begin with (default: ${DEFAULT-VALUE}).")
  private int lines;

  /// A command that talks to this terminal.
  public LogsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    DataDirectory directory = new DataDirectory(data);
    try {
      Map<String, Path> files = LogFiles.of(directory, name);
      if (files.isEmpty()) {
        terminal.say(
            name == null
                ? "No logs in " + directory.logs() + "."
                : "No log of %s. There are: %s"
                    .formatted(name, String.join(", ", LogFiles.all(directory).keySet())));
        return 1;
      }
      show(files);
      return 0;
    } catch (IOException failed) {
      terminal.say("cannot read: " + failed.getMessage());
      return 1;
    }
  }

  private void show(Map<String, Path> files) throws IOException, InterruptedException {
    List<LogTail> tails = new ArrayList<>();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      String prefix = files.size() == 1 ? "" : "%-10s | ".formatted(file.getKey());
      LogTail tail = new LogTail(file.getValue(), prefix);
      tail.last(lines).forEach(terminal::answer);
      tails.add(tail);
    }
    while (follow) {
      for (LogTail tail : tails) {
        tail.more().forEach(terminal::answer);
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }
}
