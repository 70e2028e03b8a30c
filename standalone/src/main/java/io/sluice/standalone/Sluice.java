package io.sluice.standalone;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_DESCRIPTION;

import io.sluice.runtime.thread.CarrierThreads;
import io.sluice.standalone.adopt.AdoptCommand;
import io.sluice.standalone.backup.BackupCommand;
import io.sluice.standalone.backup.RestoreCommand;
import io.sluice.standalone.console.Terminal;
import io.sluice.standalone.demo.DemoCommand;
import io.sluice.standalone.down.DownCommand;
import io.sluice.standalone.logs.LogsCommand;
import io.sluice.standalone.status.StatusCommand;
import io.sluice.standalone.up.TrainCommand;
import io.sluice.standalone.up.UpCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// What the launcher script `sluice` runs.
@Command(name = "sluice", mixinStandardHelpOptions = true, versionProvider = Version.class)
public final class Sluice implements Runnable {

  private final Terminal terminal;

  private Sluice(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Runs one command and ends with its exit code: 0 done, 1 not done, 2 not understood.
  public static void main(String[] arguments) {
    CarrierThreads.makeEnough();
    System.exit(commandLine(Terminal.system()).execute(arguments));
  }

  static CommandLine commandLine(Terminal terminal) {
    CommandLine sluice =
        new CommandLine(new Sluice(terminal))
            .addSubcommand(new UpCommand(terminal))
            .addSubcommand(new DownCommand(terminal))
            .addSubcommand(new StatusCommand(terminal))
            .addSubcommand(new AdoptCommand(terminal))
            .addSubcommand(new DemoCommand(terminal))
            .addSubcommand(new LogsCommand(terminal))
            .addSubcommand(new BackupCommand(terminal))
            .addSubcommand(new RestoreCommand(terminal))
            .addSubcommand(new TrainCommand(terminal))
            .setCaseInsensitiveEnumValuesAllowed(true);
    // Of the command itself, not of its subcommands: those are described where they are.
    sluice.setHelpSectionKeys(List.of(SECTION_KEY_DESCRIPTION));
    sluice.getHelpSectionMap().put(SECTION_KEY_DESCRIPTION, help -> usage());
    return sluice;
  }

  @Override
  public void run() {
    terminal.answer(usage().strip());
  }

  /// The same text that the launcher shows before anything is built.
  static String usage() {
    try (InputStream text = Sluice.class.getResourceAsStream("usage.txt")) {
      if (text == null) {
        throw new IllegalStateException("usage.txt is missing");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
