package io.sluice.standalone.up;

import io.sluice.embedded.process.ChildProcess;
import io.sluice.standalone.console.Terminal;
import io.sluice.standalone.instance.DataDirectory;
import io.sluice.standalone.instance.InstanceState;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Runs `up` again, in the background and in a session of its own so that closing the terminal does not reach it, and
/// waits until that one is ready.
final class Detached {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final long LOOK_EVERY_MILLIS = 50;

  private final UpOptions options;
  private final Terminal terminal;

  Detached(UpOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  void run() throws IOException, InterruptedException {
    DataDirectory directory = options.directory();
    Files.createDirectories(directory.logs());
    Path output = directory.logs().resolve("up.log");
    Process process =
        new ProcessBuilder(command())
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectOutput(output.toFile())
            .redirectErrorStream(true)
            .start();
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() - deadline < 0) {
      Optional<InstanceState> state =
          InstanceState.ofRunning(directory).filter(known -> known.pid() == process.pid());
      if (state.isPresent() && state.get().ready()) {
        terminal.say(Files.readString(output).strip());
        terminal.answer(state.get().url());
        return;
      }
      if (process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new UpException(Files.readString(output).strip());
      }
    }
    process.destroy();
    throw new UpException(
        "Sluice is not ready after %d minutes; see %s".formatted(LIMIT.toMinutes(), output));
  }

  /// This very program with this JVM's own options.
  private List<String> command() {
    List<String> command = new ArrayList<>();
    ChildProcess.onPath("setsid").ifPresent(setsid -> command.add(setsid.toString()));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(io.sluice.standalone.Sluice.class.getName());
    command.add("up");
    command.addAll(options.withoutDetach());
    return command;
  }
}
