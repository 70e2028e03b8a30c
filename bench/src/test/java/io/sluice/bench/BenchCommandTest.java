package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {

  private static final Path USAGE =
      Path.of("../standalone/src/main/resources/io/sluice/standalone/usage.txt");

  /// The launcher shows that page without asking this program.
  @Test
  void theLaunchersPageNamesEveryOption() throws IOException {
    String usage = Files.readString(USAGE);
    String section = usage.substring(usage.indexOf("\n  bench "), usage.indexOf("\nEach command"));

    assertThat(new CommandLine(new BenchCommand()).getCommandSpec().options())
        .filteredOn(option -> !option.usageHelp() && !option.versionHelp())
        .allSatisfy(option -> assertThat(section).contains(option.longestName()));
  }

  @Test
  void anUnknownOptionIsRefused() {
    CommandLine command = new CommandLine(new BenchCommand());
    command.setErr(new PrintWriter(Writer.nullWriter()));

    assertThat(command.execute("--quick")).isEqualTo(2);
  }
}
