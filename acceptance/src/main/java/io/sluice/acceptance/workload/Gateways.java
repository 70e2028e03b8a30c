package io.sluice.acceptance.workload;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// The gateways of a system; any of them takes any request.
///
/// @param http shared by all clients
/// @param bases of the gateways, without a slash at the end
/// @param apiKey of the user all clients are
public record Gateways(HttpClient http, List<String> bases, String apiKey) {

  /// Longer than any bound of the server on an answer.
  private static final Duration LIMIT = Duration.ofSeconds(60);

  public Gateways {
    bases = List.copyOf(bases);
  }

  /// A request to one of them.
  HttpRequest.Builder request(Random random, String path) {
    String base = bases.get(random.nextInt(bases.size()));
    return HttpRequest.newBuilder(URI.create(base + path))
        .header("X-API-Key", apiKey)
        .timeout(LIMIT);
  }

  /// Sends a request and reads its small answer.
  ///
  /// @throws IOException if there was no answer; the request may have taken effect or not
  Reply send(HttpRequest request) throws IOException, InterruptedException {
    return Reply.of(http.send(request, HttpResponse.BodyHandlers.ofByteArray()));
  }

  /// Sends a request and leaves the body of the answer to be read.
  HttpResponse<InputStream> open(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
  }
}
