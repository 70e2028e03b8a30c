package io.sluice.standalone.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/// `docker-compose.yml`, read with its anchors and merges resolved.
///
/// @param document the whole file
record Compose(Map<String, Object> document) {

  /// The services that are built from this source tree, by the stage of the Dockerfile that each one is.
  static final List<String> BUILT = List.of("gateway", "worker", "reaper");

  static Compose read() throws IOException {
    return new Compose(map(yaml(repository().resolve("docker-compose.yml"))));
  }

  static Object yaml(Path file) throws IOException {
    Object content = new Yaml().load(Files.readString(file));
    return content == null ? Map.of() : content;
  }

  static Path repository() {
    Path above = Path.of("").toAbsolutePath();
    while (!Files.exists(above.resolve("docker-compose.yml"))) {
      above = above.getParent();
      if (above == null) {
        throw new AssertionError("not in the source tree");
      }
    }
    return above;
  }

  Map<String, Object> services() {
    return map(document.get("services"));
  }

  Map<String, Object> service(String name) {
    return map(services().get(name));
  }

  Map<String, Object> environment(String service) {
    return map(service(service).get("environment"));
  }

  static List<String> dockerfile() throws IOException {
    return Files.readAllLines(repository().resolve("infra/docker/Dockerfile"));
  }

  /// The lines of one stage.
  static List<String> stage(String name) throws IOException {
    List<String> lines = dockerfile();
    int start = -1;
    for (int line = 0; line < lines.size(); line++) {
      boolean from = lines.get(line).startsWith("FROM ");
      if (from && start >= 0) {
        return lines.subList(start, line);
      }
      if (from && lines.get(line).endsWith(" AS " + name)) {
        start = line;
      }
    }
    return start < 0 ? List.of() : lines.subList(start, lines.size());
  }

  @SuppressWarnings("unchecked") // YAML: the keys are strings, the values are whatever they are
  static Map<String, Object> map(@org.jspecify.annotations.Nullable Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked") // as above
  static List<Object> list(@org.jspecify.annotations.Nullable Object value) {
    return value == null ? List.of() : (List<Object>) value;
  }
}
