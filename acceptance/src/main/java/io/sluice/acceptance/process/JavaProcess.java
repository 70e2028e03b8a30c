package io.sluice.acceptance.process;

import io.sluice.embedded.process.ChildCommand;
import io.sluice.embedded.process.ChildProcess;
import io.sluice.embedded.process.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A member that is a child process of this one.
final class JavaProcess extends OneProcess {

  private static final Duration STARTUP = Duration.ofMinutes(2);
  private static final Duration GRACE = Duration.ofSeconds(40);

  private final Path directory;
  private final Supplier<List<String>> command;
  private final Supplier<Map<String, String>> environment;
  private final BooleanSupplier ready;
  private @Nullable ChildProcess process;

  /// @param directory of its log and pid file
  /// @param command asked again at every start
  /// @param environment asked again at every start
  /// @param ready whether it serves
  JavaProcess(
      String name,
      Path directory,
      Supplier<List<String>> command,
      Supplier<Map<String, String>> environment,
      BooleanSupplier ready) {
    super(name);
    this.directory = directory;
    this.command = command;
    this.environment = environment;
    this.ready = ready;
  }

  @Override
  public void launch() throws IOException {
    ChildProcess started =
        ChildProcess.start(
            new ChildCommand(
                name(), directory, command.get(), environment.get(), StopSignal.TERM, GRACE));
    process = started;
    is(started.pid());
  }

  @Override
  public void awaitReady() throws IOException {
    if (process != null) {
      process.awaitReady(STARTUP, ready);
    }
  }

  @Override
  public void stop() throws IOException {
    thawToStop();
    release();
  }

  @Override
  void release() throws IOException {
    if (process != null) {
      process.close();
      process = null;
    }
  }
}
