package io.sluice.acceptance.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `planted-bugs/run` shows that each of them is killed; that takes its time. Here is what can be said at once.
class PlantedBugsTest {

  private static final Path TREE = Path.of("..");
  private static final int LEAST = 15;

  static List<Path> patches() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("planted-bugs"))) {
      return files.filter(file -> file.toString().endsWith(".patch")).sorted().toList();
    }
  }

  @Test
  void thereAreEnough() throws IOException {
    assertThat(patches()).hasSizeGreaterThanOrEqualTo(LEAST);
  }

  @ParameterizedTest
  @MethodSource("patches")
  void aBugSaysWhatItDoesAndWhoKillsIt(Path patch) throws IOException {
    List<String> head = Files.readAllLines(patch);

    assertThat(head.getFirst()).startsWith("# ").endsWith(".");
    assertThat(head.get(1)).startsWith("# killed-by: ");
    String[] killer = head.get(1).substring("# killed-by: ".length()).split(" ", -1);
    assertThat(killer).hasSize(2);
    try (Stream<Path> tests = Files.walk(TREE.resolve(killer[0]).resolve("src/test/java"))) {
      assertThat(tests.map(test -> String.valueOf(test.getFileName())))
          .contains(killer[1].replaceFirst("#.*", "") + ".java");
    }
  }

  /// The code moves on, and a bug that cannot be planted kills nothing.
  @ParameterizedTest
  @MethodSource("patches")
  void aBugCanBePlantedInTheCodeAsItIs(Path patch) throws Exception {
    assumeThat(TREE.resolve(".git")).as("this is a git checkout").exists();
    Process git =
        new ProcessBuilder(
                "git", "-C", TREE.toString(), "apply", "--check", patch.toAbsolutePath().toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(git.waitFor()).as(said).isZero();
  }
}
