package io.sluice.standalone.adopt;

import io.sluice.standalone.console.Terminal;
import io.sluice.standalone.instance.DataDirectory;
import io.sluice.standalone.instance.InstanceState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks the instance that runs to take a place over.
@Command(
    name = "adopt",
    mixinStandardHelpOptions = true,
    description = {
      "Takes over the place that holds staged bytes or objects, whoever had it: after a restore of the",
      "database, or where bytes are gone for good. What no upload of this database names will be removed there."
    })
public final class AdoptCommand implements Callable<Integer> {

  /// The places.
  enum Kind {
    STAGING,
    OBJECTS
  }

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int OK = 200;

  private final Terminal terminal;

  @Parameters(paramLabel = "staging|objects", description = "Which place.")
  private Kind kind = Kind.STAGING;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The data directory of the Sluice to use (default: ./data).")
  private Path data = Path.of("data");

  @Option(
      names = "--key",
      defaultValue = "dev-key",
      description = "An administrator's API key (default: ${DEFAULT-VALUE}).")
  private String key = "";

  /// A command that talks to this terminal.
  public AdoptCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    DataDirectory directory = new DataDirectory(data);
    try {
      Optional<InstanceState> running = InstanceState.ofRunning(directory);
      if (running.isPresent()) {
        return adopt(running.get().url());
      }
      terminal.say(
          "No Sluice runs on " + directory.root() + ". Start it with: ./sluice up; then adopt.");
    } catch (IOException failed) {
      terminal.say("Not adopted: " + failed.getMessage());
    }
    return 1;
  }

  private int adopt(String url) throws IOException, InterruptedException {
    String place = kind.name().toLowerCase(Locale.ROOT);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/v1/admin/places/" + place + "/adopt"))
            .header("X-API-Key", key)
            .timeout(PATIENCE)
            .POST(BodyPublishers.noBody())
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      JsonNode said = read(answer.body());
      if (answer.statusCode() != OK) {
        String detail = said.path("detail").asString("");
        terminal.say(
            "Not adopted: " + (detail.isEmpty() ? "answer " + answer.statusCode() : detail));
        return 1;
      }
      terminal.answer(said.path("place").path("detail").asString(""));
      int renewed = said.path("renewed_uploads").asInt(0);
      if (renewed > 0) {
        terminal.answer("%d open uploads have their whole time again".formatted(renewed));
      }
      return 0;
    }
  }

  private static JsonNode read(String body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      throw new IOException("this was no answer of Sluice", e);
    }
  }
}
