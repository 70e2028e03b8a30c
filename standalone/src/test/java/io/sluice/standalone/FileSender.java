package io.sluice.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sends files to a running instance, each in one request.
///
/// @param base where it answers
record FileSender(String base) {

  static final String KEY = "dev-key";

  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([0-9a-f-]{36})\"");

  /// Sends a file, and waits until a worker has stored it.
  ///
  /// @return where it can be downloaded
  String send(String name, byte[] content) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
      HttpResponse<String> created =
          http.send(
              request("/v1/files?name=" + encoded)
                  .POST(BodyPublishers.ofByteArray(content))
                  .build(),
              BodyHandlers.ofString());
      assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
      Matcher id = ID.matcher(created.body());
      assertThat(id.find()).as(created.body()).isTrue();
      HttpRequest status = request("/v1/uploads/" + id.group(1)).build();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() ->
              assertThat(http.send(status, BodyHandlers.ofString()).body()).contains("COMPLETED"));
      return base + "/v1/files/" + id.group(1);
    }
  }

  /// What is downloaded of a file that was sent to an instance of the same data, wherever that answered.
  byte[] content(String url) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request(URI.create(url).getPath()).build(), BodyHandlers.ofByteArray())
          .body();
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).header("X-API-Key", KEY);
  }
}
