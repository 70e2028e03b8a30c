package io.sluice.standalone.up;

import io.sluice.embedded.process.DirectoryInUseException;
import io.sluice.standalone.console.Terminal;
import io.sluice.standalone.instance.InstanceState;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Starts Sluice and stays until it is told to stop.
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Starts Sluice with everything it needs on this machine, on 127.0.0.1 only, for development.",
      "Ctrl-C, or sluice down, stops it in order."
    })
public final class UpCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private UpOptions options = new UpOptions();

  /// A command that talks to this terminal.
  public UpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      options.check();
      if (options.detach()) {
        new Detached(options, terminal).run();
      } else {
        stay();
      }
      return 0;
    } catch (DirectoryInUseException inUse) {
      terminal.say(inUseBy());
    } catch (UpException refused) {
      terminal.say(String.valueOf(refused.getMessage()));
    } catch (IOException failed) {
      terminal.say("Sluice does not start: " + failed.getMessage());
    }
    return 1;
  }

  private void stay() throws IOException, InterruptedException {
    QuietLogging.begin();
    try (Up up = Up.take(options, terminal)) {
      up.start();
      up.awaitEnd();
    }
  }

  private String inUseBy() {
    String who = "another Sluice";
    try {
      who =
          InstanceState.ofRunning(options.directory())
              .map(state -> "the Sluice with process %d at %s".formatted(state.pid(), state.url()))
              .orElse(who);
    } catch (IOException unreadable) {
      // Then its name has to do.
    }
    return "The data directory %s is in use by %s. Stop it with: ./sluice down --data %s"
        .formatted(options.directory().root(), who, options.directory().root());
  }
}
