package io.sluice.acceptance.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TortureCommandTest {

  private static final Path USAGE =
      Path.of("../standalone/src/main/resources/io/sluice/standalone/usage.txt");

  /// The launcher shows that page without asking this program.
  @Test
  void theLaunchersPageNamesEveryOption() throws IOException {
    String usage = Files.readString(USAGE);
    String section =
        usage.substring(usage.indexOf("\n  torture "), usage.indexOf("\nEach command"));

    assertThat(new CommandLine(new TortureCommand()).getCommandSpec().options())
        .filteredOn(option -> !option.usageHelp() && !option.versionHelp())
        .allSatisfy(option -> assertThat(section).contains(option.longestName()));
  }

  @Test
  void anUnknownFaultIsRefusedBeforeAnythingStarts() {
    CommandLine command = new CommandLine(new TortureCommand());
    command.setErr(new java.io.PrintWriter(java.io.Writer.nullWriter()));

    assertThat(command.execute("--faults", "kill-gatway")).isEqualTo(2);
    assertThat(command.execute("--storage", "tape")).isEqualTo(2);
    assertThat(command.execute("--minutes", "-1")).isEqualTo(2);
  }
}
