package io.sluice.standalone.logs;

import io.sluice.standalone.instance.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The logs of an instance by the name of who wrote them.
final class LogFiles {

  private static final String ENDING = ".log";

  private LogFiles() {}

  /// @param name whose log; null for those of all services
  static Map<String, Path> of(DataDirectory directory, @Nullable String name) throws IOException {
    if (name == null) {
      return in(directory.logs());
    }
    Path found = all(directory).get(name);
    return found == null ? Map.of() : Map.of(name, found);
  }

  /// The services' logs and the servers'.
  static Map<String, Path> all(DataDirectory directory) throws IOException {
    Map<String, Path> files = new TreeMap<>(in(directory.logs()));
    for (Path server : List.of(directory.postgres(), directory.redis(), directory.s3())) {
      files.putAll(in(server));
    }
    return files;
  }

  private static Map<String, Path> in(Path directory) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> entries = Files.list(directory)) {
      entries
          .filter(path -> path.toString().endsWith(ENDING))
          .forEach(path -> {
            String file = path.getFileName().toString();
            files.put(file.substring(0, file.length() - ENDING.length()), path);
          });
    } catch (NoSuchFileException notYet) {
      return files;
    }
    return files;
  }
}
