package io.sluice.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the README tells people to type works as it stands, from the first block to the last.
class ReadmeExamplesIT {

  private static final Pattern BLOCK = Pattern.compile("(?m)^```bash\\n([^`]*)^```$");
  private static final String USUAL_URL = "http://127.0.0.1:8080";
  private static final long LIMIT_MINUTES = 2;

  @TempDir private Path directory;

  @Test
  void theExamplesWorkInOrder() throws Exception {
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(Path.of("../README.md")))
            .results()
            .map((MatchResult block) -> block.group(1))
            .toList();
    assertThat(blocks).hasSizeGreaterThan(4);
    assertThat(blocks.getFirst()).contains("SLUICE=" + USUAL_URL);
    try (RunningSluice sluice = new RunningSluice(directory)) {
      String url = sluice.up();
      Path work = Files.createDirectory(directory.resolve("work"));

      String said = run(work, script(blocks).replace(USUAL_URL, url));

      for (int number = 1; number <= blocks.size(); number++) {
        assertThat(said).contains("block " + number + " is done");
      }
      assertThat(Files.mismatch(work.resolve("holiday.bin"), work.resolve("back.bin")))
          .isEqualTo(-1);
      assertThat(Files.size(work.resolve("back.bin"))).isEqualTo(12_000_000);
      assertThat(said)
          .contains("\"missing_chunk_indexes\":[1]", "\"status\":\"COMPLETED\"")
          .containsPattern("(?m)(^|})1000$");
    }
  }

  /// The first command that fails ends it, also in the middle of a pipe.
  private static String script(List<String> blocks) {
    StringBuilder script = new StringBuilder("set -euo pipefail\n");
    for (int number = 1; number <= blocks.size(); number++) {
      script
          .append(blocks.get(number - 1))
          .append("\necho; echo \"block ")
          .append(number)
          .append(" is done\"\n");
    }
    return script.toString();
  }

  private static String run(Path work, String script) throws IOException, InterruptedException {
    Path file = Files.writeString(work.resolve("readme.sh"), script);
    Path said = work.resolve("said.txt");
    Process process =
        new ProcessBuilder("bash", file.toString())
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(said);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
