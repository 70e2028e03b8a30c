package io.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          --quick,          Unknown option: '--quick'
          --rounds=0,       --rounds: 0 is less than 1
          --rounds=-1,      --rounds: -1 is less than 1
          --file-mib=0,     --file-mib: 0 is no multiple of 48
          --file-mib=-48,   --file-mib: -48 is no multiple of 48
          --file-mib=256,   --file-mib: 256 is no multiple of 48
          --slots=0,        --slots: less than 1
          --jobs=0,         --jobs: less than 1
          --grown=0,        --grown: less than 1
          --in-flight-mib=0,--in-flight-mib: less than 1
          """)
  void whatMakesNoSenseIsRefusedWithAReason(String argument, String reason) {
    StringWriter talk = new StringWriter();

    assertThat(command(talk).execute(argument)).isEqualTo(2);
    assertThat(talk.toString()).startsWith(reason).contains("Usage: bench");
  }

  /// They come as far as asking for the launcher, which this test is not.
  @ParameterizedTest
  @ValueSource(strings = {"--rounds=1", "--rounds=5", "--file-mib=48", "--file-mib=96"})
  void whatMakesSenseIsTaken(String argument) {
    StringWriter talk = new StringWriter();

    assertThat(command(talk).execute(argument)).isEqualTo(1);
    assertThat(talk.toString()).contains("start it as ./sluice bench");
  }

  @Test
  void theReportTellsWhatWasTyped() {
    BenchCommand bench = new BenchCommand();
    new CommandLine(bench).parseArgs("--figures", "init,upload", "--rounds=1");

    assertThat(bench.commandLine()).isEqualTo("./sluice bench --figures init,upload --rounds=1");
  }

  private static CommandLine command(StringWriter talk) {
    return new CommandLine(new BenchCommand()).setErr(new PrintWriter(talk));
  }
}
