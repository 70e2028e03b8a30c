package io.sluice.acceptance.breaks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The table "what breaks, and who repairs it" in ARCHITECTURE.md against the tests that name its rows.
class TableTest {

  private static final Path DOCUMENT = Path.of("../ARCHITECTURE.md");

  @Test
  void everyRowHasATestAndEveryTestARow() throws Exception {
    assertThat(rowsWithTests()).isEqualTo(rowsOfTheTable());
  }

  private static Set<String> rowsOfTheTable() throws IOException {
    List<String> lines = Files.readAllLines(DOCUMENT);
    int begin = lines.indexOf("## What breaks, and who repairs it");
    Set<String> rows = new TreeSet<>();
    lines.stream()
        .skip(begin + 1L)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.startsWith("| "))
        .skip(1)
        .map(line -> line.split("\\|", -1)[1].strip())
        .forEach(rows::add);
    return rows;
  }

  private static Set<String> rowsWithTests() throws Exception {
    Set<String> rows = new TreeSet<>();
    for (Class<?> type : testsOfThisPackage()) {
      for (Method method : type.getDeclaredMethods()) {
        Row row = method.getAnnotation(Row.class);
        if (row != null) {
          rows.add(row.value());
        }
      }
    }
    return rows;
  }

  private static List<Class<?>> testsOfThisPackage()
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path directory =
        Path.of(Objects.requireNonNull(TableTest.class.getResource("TableTest.class")).toURI())
            .resolveSibling(".");
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith("IT.class"))
              .map(name -> name.substring(0, name.length() - ".class".length()))
              .toList();
      Class<?>[] types = new Class<?>[names.size()];
      for (int i = 0; i < types.length; i++) {
        types[i] = Class.forName(TableTest.class.getPackageName() + "." + names.get(i));
      }
      return Arrays.asList(types);
    }
  }
}
