package io.sluice.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailpointsTest {

  private static final Path TREE = Path.of("..");
  private static final Pattern HIT = Pattern.compile("Failpoint\\.hit\\(\"([a-z0-9.-]+)\"\\)");

  @Test
  void theListHasWhatTheProductHas() throws IOException {
    assertThat(new TreeSet<>(Failpoints.all())).isEqualTo(inTheSources());
  }

  private static Set<String> inTheSources() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path module : modules()) {
      try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          HIT.matcher(Files.readString(file)).results().forEach(hit -> names.add(hit.group(1)));
        }
      }
    }
    return names;
  }

  private static List<Path> modules() throws IOException {
    try (Stream<Path> modules = Files.list(TREE)) {
      return modules.filter(module -> Files.isDirectory(module.resolve("src/main/java"))).toList();
    }
  }
}
