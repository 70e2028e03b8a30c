package io.sluice.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.standalone.console.RecordingTerminal;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The launcher shows `usage.txt` without asking Java; it must say what the program says.
class UsageTest {

  private final RecordingTerminal recorded = new RecordingTerminal();
  private final CommandLine sluice = Sluice.commandLine(recorded.terminal(false));

  @Test
  void everyCommandAndOptionIsNamed() {
    sluice.getSubcommands().values().stream()
        .filter(command -> !command.getCommandSpec().usageMessage().hidden())
        .forEach(command -> {
          String section = section(command.getCommandName());
          command.getCommandSpec().options().stream()
              .filter(option -> !option.usageHelp() && !option.versionHelp())
              .forEach(option -> assertThat(section).contains(option.shortestName()));
        });
  }

  @Test
  void nothingIsNamedThatIsNotThere() {
    Set<String> named = new TreeSet<>();
    // Other programs, with tests of their own.
    String ours = Sluice.usage().replace(section("torture"), "").replace(section("bench"), "");
    Arrays.stream(ours.split("[\\s(,;.]+"))
        .filter(word -> word.startsWith("--") && !word.equals("--help"))
        .forEach(named::add);

    Set<String> known = new TreeSet<>();
    sluice
        .getSubcommands()
        .values()
        .forEach(command ->
            command
                .getCommandSpec()
                .options()
                .forEach(option -> known.addAll(Arrays.asList(option.names()))));
    assertThat(known).containsAll(named);
  }

  @Test
  void withoutACommandItSaysWhatThereIs() {
    assertThat(sluice.execute()).isZero();

    assertThat(recorded.answers()).contains("Usage: ./sluice COMMAND [OPTIONS]");
  }

  @Test
  void anUnknownCommandIsRefusedWithTwo() {
    sluice.setErr(new java.io.PrintWriter(java.io.Writer.nullWriter()));

    assertThat(sluice.execute("fly")).isEqualTo(2);
  }

  private static String section(String command) {
    String usage = Sluice.usage();
    int start = usage.indexOf("\n  " + command + " ");
    assertThat(start).as("no section for " + command).isPositive();
    int end = start + 1;
    do {
      end = usage.indexOf('\n', end + 1);
    } while (end >= 0 && usage.startsWith("\n      ", end));
    return usage.substring(start, end);
  }
}
