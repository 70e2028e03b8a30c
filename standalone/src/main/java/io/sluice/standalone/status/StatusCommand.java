package io.sluice.standalone.status;

import io.sluice.standalone.console.Terminal;
import io.sluice.standalone.instance.DataDirectory;
import io.sluice.standalone.instance.InstanceState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// Tells what runs on a data directory and whether it serves.
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Each service and embedded server with process, port and health.",
      "Exit code 0: everything serves. 1: nothing runs, or not everything serves."
    })
public final class StatusCommand implements Callable<Integer> {

  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final Terminal terminal;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The data directory (default: ./data).")
  private Path data = Path.of("data");

  @Option(names = "--json", description = "For programs.")
  private boolean json;

  /// A command that talks to this terminal.
  public StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    DataDirectory directory = new DataDirectory(data);
    try {
      Optional<InstanceState> state = InstanceState.ofRunning(directory);
      Status status =
          state.isPresent() ? Status.of(directory, state.get()) : Status.stopped(directory);
      if (json) {
        terminal.answer(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(status));
      } else {
        StatusTable.lines(status).forEach(terminal::answer);
      }
      return status.status().equals(Status.READY) ? 0 : 1;
    } catch (IOException failed) {
      terminal.say("cannot tell: " + failed.getMessage());
      return 1;
    }
  }
}
