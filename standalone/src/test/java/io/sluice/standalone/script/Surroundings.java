package io.sluice.standalone.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A machine as a script sees it: a PATH with a few ordinary tools and whatever a test puts there, an empty home, and
/// no JDK but those the test makes.
final class Surroundings {

  private static final List<String> TOOLS =
      List.of(
          "sh",
          "bash",
          "env",
          "sed",
          "dirname",
          "readlink",
          "cat",
          "mkdir",
          "mktemp",
          "rm",
          "mv",
          "cp",
          "ln",
          "ls",
          "sort",
          "tail",
          "head",
          "tar",
          "gzip",
          "touch",
          "find",
          "tee",
          "date",
          "grep",
          "ps",
          "id",
          "sha512sum",
          "chmod");

  private final Path root;
  private final Map<String, String> environment = new LinkedHashMap<>();

  Surroundings(Path root) throws IOException {
    this.root = root;
    Files.createDirectories(bin());
    Files.createDirectories(home());
    Files.createDirectories(jdks());
    for (String tool : TOOLS) {
      link(tool);
    }
    environment.put("PATH", bin().toString());
    environment.put("HOME", home().toString());
    environment.put("JDK_SEARCH_PATH", jdks().toString());
  }

  /// How a script ended.
  record Ending(int code, String output, String errors) {}

  Path bin() {
    return root.resolve("bin");
  }

  Path home() {
    return root.resolve("home");
  }

  Path jdks() {
    return root.resolve("jdks");
  }

  Surroundings set(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /// Puts a real tool of this machine on the PATH, if there is one.
  void link(String tool) throws IOException {
    for (String place : List.of("/usr/bin", "/bin")) {
      Path real = Path.of(place, tool);
      if (Files.isExecutable(real)) {
        Files.createSymbolicLink(bin().resolve(tool), real);
        return;
      }
    }
  }

  /// Puts a program on the PATH that is this shell script.
  Path program(String name, String script) {
    return script(bin().resolve(name), script);
  }

  /// Makes a JDK that knows its version and, as `java -version`, says it.
  Path jdk(String name, String version) {
    Path jdk = jdks().resolve(name);
    javaProgram(jdk, version);
    script(jdk.resolve("bin/javac"), "exit 0");
    write(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  private static void javaProgram(Path jdk, String version) {
    script(
        jdk.resolve("bin/java"),
        """
        echo 'openjdk version "%s" 2026-01-01' >&2
        echo '    java.home = %s' >&2
        """
            .formatted(version, jdk));
  }

  static Path script(Path file, String script) {
    write(file, "#!/bin/sh\n" + script);
    file.toFile().setExecutable(true);
    return file;
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Runs a command with nothing of this process's own environment.
  Ending run(Path directory, String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(root, "output", "");
    Path errors = Files.createTempFile(root, "errors", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + String.join(" ", command));
    }
    return new Ending(
        process.exitValue(),
        Files.readString(output, StandardCharsets.UTF_8),
        Files.readString(errors, StandardCharsets.UTF_8));
  }

  /// The root of this source tree.
  static Path repository() {
    Path above = Path.of("").toAbsolutePath();
    while (!Files.exists(above.resolve("mvnw"))) {
      above = above.getParent();
      if (above == null) {
        throw new AssertionError("not in the source tree");
      }
    }
    return above;
  }
}
