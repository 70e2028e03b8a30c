package io.sluice.acceptance.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/// A gateway, worker or reaper, run from its jar with its failpoints alive.
public final class Service implements Member {

  private static final int ANSWER_MILLIS = 1000;

  private final Role role;
  private final int port;
  private final Path failpoints;
  private final JavaProcess process;
  private final Map<String, String> settings;
  private final Map<String, String> extraEnvironment = new HashMap<>();
  private final List<String> wrapper = new CopyOnWriteArrayList<>();

  Service(
      String name,
      Role role,
      Path jar,
      Path directory,
      int port,
      Supplier<Map<String, String>> environment,
      Map<String, String> settings) {
    this.settings = new ConcurrentHashMap<>(settings);
    this.role = role;
    this.port = port;
    failpoints = directory.resolve(name + ".failpoints");
    process =
        new JavaProcess(
            name,
            directory,
            () -> command(jar),
            () -> environment(environment.get()),
            this::isReady);
  }

  private List<String> command(Path jar) {
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dsluice.profile=fault-test"));
    settings.forEach((property, value) -> command.add("-D" + property + "=" + value));
    command.addAll(List.of("-jar", jar.toString()));
    return command;
  }

  private Map<String, String> environment(Map<String, String> common) {
    Map<String, String> own = new HashMap<>(common);
    own.put("PORT", Integer.toString(port));
    own.put("MANAGEMENT_PORT", Integer.toString(port));
    own.put("SLUICE_FAILPOINTS_FILE", failpoints.toString());
    own.putAll(extraEnvironment);
    return own;
  }

  private boolean isReady() {
    return answers("/health/ready");
  }

  private boolean answers(String path) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(base() + path).toURL().openConnection();
      connection.setConnectTimeout(ANSWER_MILLIS);
      connection.setReadTimeout(ANSWER_MILLIS);
      try {
        return connection.getResponseCode() == 200;
      } finally {
        connection.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }

  /// Whether it says that it lives.
  public boolean saysLive() {
    return answers("/health/live");
  }

  /// Whether it says that it is ready.
  public boolean saysReady() {
    return isReady();
  }

  /// What it is.
  public Role role() {
    return role;
  }

  /// Its address, without a slash at the end.
  public String base() {
    return "http://127.0.0.1:" + port;
  }

  /// Sets what its failpoints do from now on: lines `name=action`.
  public void failpoints(String... lines) throws IOException {
    Path next = failpoints.resolveSibling(failpoints.getFileName() + ".next");
    Files.write(next, List.of(lines));
    Files.move(
        next, failpoints, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Gives it another setting from its next start on.
  public void setting(String property, String value) {
    settings.put(property, value);
  }

  /// Adds to its environment from its next start on.
  public void environment(String name, String value) {
    extraEnvironment.put(name, value);
  }

  /// Takes that out again.
  public void environmentWithout(String name) {
    extraEnvironment.remove(name);
  }

  /// Runs it under another program from its next start on.
  public void under(String... command) {
    wrapper.clear();
    wrapper.addAll(List.of(command));
  }

  /// Its process number.
  public long pid() {
    return process.pid();
  }

  @Override
  public String name() {
    return process.name();
  }

  @Override
  public void start() throws IOException {
    process.start();
  }

  @Override
  public void launch() throws IOException {
    process.launch();
  }

  @Override
  public void awaitReady() throws IOException {
    process.awaitReady();
  }

  @Override
  public void stop() throws IOException {
    process.stop();
  }

  @Override
  public void kill() throws IOException, InterruptedException {
    process.kill();
  }

  @Override
  public void freeze() throws IOException, InterruptedException {
    process.freeze();
  }

  @Override
  public void thaw() throws IOException, InterruptedException {
    process.thaw();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }
}
