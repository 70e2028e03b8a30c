package io.sluice.standalone.backup;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The hold of a running Sluice, asked for over HTTP and prolonged as long as the copying takes. If this process dies, it
/// ends by itself; if no gateway answers for a while, it goes on.
final class RemovalHold implements Backup.Hold, AutoCloseable {

  private static final int SECONDS = 900;
  private static final Duration RENEW_EVERY = Duration.ofSeconds(60);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

  private final String baseUrl;
  private final String apiKey;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean broken;
  private boolean somebodyElses;
  private @Nullable Thread renewing;

  /// @param apiKey of an administrator
  RemovalHold(String baseUrl, String apiKey) {
    this.baseUrl = baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl;
    this.apiKey = apiKey;
  }

  @Override
  public void begin() throws IOException, InterruptedException {
    JsonNode held = ask(hold(SECONDS));
    somebodyElses = wasHeld(held);
    renewing = Thread.ofVirtual().name("renew-hold").start(this::renew);
    Thread.sleep(Duration.ofSeconds(held.path("effective_after_seconds").asInt(5)));
  }

  private void renew() {
    try {
      while (!ended.await(RENEW_EVERY.toSeconds(), TimeUnit.SECONDS)) {
        try {
          broken |= !wasHeld(ask(hold(SECONDS)));
        } catch (IOException away) {
          // Asked again in a minute. Whether the hold has run out meanwhile is in that answer, or
          // in the last.
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void end() throws IOException, InterruptedException {
    stopRenewing();
    if (!wasHeld(ask(release())) || broken) {
      throw new BackupException(
          "The hold on removals ended while the copies were taken, so they may lack bytes: somebody else"
              + " ended it, or no gateway could be reached for too long. Take the backup again.");
    }
  }

  @Override
  public void abandon() {
    try {
      stopRenewing();
      ask(release());
    } catch (IOException unreachable) {
      // Then it runs out.
      return;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// A prolongation under way must not come after the end.
  private void stopRenewing() throws InterruptedException {
    ended.countDown();
    Thread thread = renewing;
    if (thread != null) {
      thread.join();
    }
  }

  /// Who holds already needs it for longer than this backup: that hold is only asked after, as it is never made shorter.
  private HttpRequest release() {
    return somebodyElses ? hold(1) : request().DELETE().build();
  }

  private HttpRequest hold(int seconds) {
    return request()
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{\"seconds\": " + seconds + "}"))
        .build();
  }

  private static boolean wasHeld(JsonNode answer) {
    return answer.path("was_held").asBoolean(false);
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(URI.create(baseUrl + "/v1/admin/removals/hold"))
        .timeout(ANSWER_LIMIT)
        .header("X-API-Key", apiKey);
  }

  private JsonNode ask(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    return switch (answer.statusCode()) {
      case 200 -> read(answer.body());
      case 401, 403 ->
          throw new BackupException(
              "The key is not one of an administrator of " + baseUrl + "; give one with --key.");
      case 404 -> throw new BackupException(baseUrl + " is a Sluice that cannot hold removals.");
      default ->
          throw new BackupException(
              "%s answered %d: %s".formatted(request.uri(), answer.statusCode(), answer.body()));
    };
  }

  private JsonNode read(String body) throws BackupException {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException unexpected) {
      throw new BackupException("What answers at " + baseUrl + " is no Sluice.", unexpected);
    }
  }

  @Override
  public void close() {
    ended.countDown();
    http.shutdownNow();
    http.close();
  }
}
