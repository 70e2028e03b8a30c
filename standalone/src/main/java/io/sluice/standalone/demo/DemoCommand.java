package io.sluice.standalone.demo;

import io.sluice.standalone.console.Terminal;
import io.sluice.standalone.instance.DataDirectory;
import io.sluice.standalone.instance.InstanceState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows in a few seconds what Sluice does.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Uploads a file in parallel chunks, interrupts itself half way, resumes, completes,"
            + " downloads, and compares.")
public final class DemoCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "What to upload; without it, a file of 256 MiB is made.")
  private @Nullable Path file;

  @Option(
      names = "--url",
      description =
          "Where Sluice listens (default: what runs on --data, else http://127.0.0.1:8080).")
  private @Nullable String url;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The data directory of the Sluice to use (default: ./data).")
  private Path data = Path.of("data");

  @Option(
      names = "--key",
      defaultValue = "dev-key",
      description = "The API key (default: ${DEFAULT-VALUE}).")
  private String key = "";

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "8",
      description = "Chunks sent at once (default: ${DEFAULT-VALUE}).")
  private int parallel = 1;

  /// A demo that talks to this terminal.
  public DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    Path chosen = file;
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (UploadClient client = new UploadClient(where(), key)) {
      client.ping();
      try (DemoFile demoFile =
          chosen == null
              ? DemoFile.make(temporary, DemoFile.MADE_SIZE_BYTES)
              : DemoFile.of(chosen)) {
        boolean identical = new Demo(client, terminal, Math.max(1, parallel)).run(demoFile);
        return identical ? 0 : 1;
      }
    } catch (DemoException understood) {
      terminal.say(String.valueOf(understood.getMessage()));
      return 1;
    } catch (IOException failed) {
      terminal.say(failed.toString());
      return 1;
    }
  }

  private String where() throws IOException {
    String told = url;
    return told != null
        ? told
        : InstanceState.ofRunning(new DataDirectory(data))
            .map(InstanceState::url)
            .orElse("http://127.0.0.1:8080");
  }
}
