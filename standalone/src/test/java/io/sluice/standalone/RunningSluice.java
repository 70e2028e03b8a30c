package io.sluice.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.embedded.process.ProcessIdentity;
import io.sluice.embedded.process.StopSignal;
import io.sluice.embedded.process.Stopping;
import io.sluice.standalone.SluiceProgram.Ending;
import io.sluice.standalone.instance.DataDirectory;
import io.sluice.standalone.instance.InstanceState;
import io.sluice.standalone.instance.Member;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A detached instance, killed and started again as a test likes, and gone without a trace at its end.
final class RunningSluice implements AutoCloseable {

  private final SluiceProgram program;
  private final DataDirectory data;
  private final List<String> options;
  private final List<ProcessIdentity> everStarted = new ArrayList<>();

  RunningSluice(Path directory, String... options) {
    this(directory, Map.of(), options);
  }

  RunningSluice(Path directory, Map<String, String> environment, String... options) {
    this.program = new SluiceProgram(directory, environment);
    this.data = new DataDirectory(directory.resolve("data"));
    this.options = List.of(options);
  }

  /// Returns the base URL, which is all that `up --detach` answers.
  String up() throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("up", "--detach", "--port", "0"));
    arguments.addAll(List.of("--data", data.root().toString()));
    arguments.addAll(options);
    Ending ending = program.run(arguments.toArray(String[]::new));
    assertThat(ending.code()).as(ending.talk()).isZero();
    rememberProcesses();
    assertThat(ending.answer()).isEqualTo(state().url());
    return ending.answer();
  }

  Ending run(String command, String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(command, "--data", data.root().toString()));
    all.addAll(List.of(arguments));
    return program.run(all.toArray(String[]::new));
  }

  InstanceState state() throws IOException {
    return InstanceState.ofRunning(data).orElseThrow(() -> new AssertionError("nothing runs"));
  }

  Member member(String name) throws IOException {
    return state().members().stream()
        .filter(member -> member.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// Ends a process as a power cut would.
  void kill(long pid) throws IOException {
    ProcessIdentity process = ProcessIdentity.of(pid).orElseThrow();
    Stopping.stop(process, StopSignal.KILL, Duration.ofSeconds(10));
  }

  /// Ends every process of the instance at once.
  void killEverything() throws IOException {
    rememberProcesses();
    for (ProcessIdentity process : everStarted) {
      Stopping.stop(process, StopSignal.KILL, Duration.ofSeconds(10));
    }
  }

  /// Waits until nothing that this instance ever consisted of runs any more.
  void awaitNothingLeft() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(everStarted).noneMatch(ProcessIdentity::isRunning));
  }

  void rememberProcesses() throws IOException {
    InstanceState state = state();
    List<Long> pids = new ArrayList<>(List.of(state.pid()));
    state.members().forEach(member -> pids.add(member.pid()));
    pids.stream()
        .flatMap(pid -> ProcessIdentity.of(pid).stream())
        .filter(process -> !everStarted.contains(process))
        .forEach(everStarted::add);
  }

  @Override
  public void close() throws IOException {
    if (InstanceState.ofRunning(data).isPresent()) {
      killEverything();
    }
    for (ProcessIdentity process : everStarted) {
      Stopping.stop(process, StopSignal.KILL, Duration.ofSeconds(10));
    }
  }
}
