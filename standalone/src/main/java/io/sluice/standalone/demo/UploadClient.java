package io.sluice.standalone.demo;

import io.sluice.standalone.demo.UploadApi.InitAnswer;
import io.sluice.standalone.demo.UploadApi.InitRequest;
import io.sluice.standalone.demo.UploadApi.Missing;
import io.sluice.standalone.demo.UploadApi.Problem;
import io.sluice.standalone.demo.UploadApi.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// A client of the uploads API that does as it is told: when the server says 429 or 503, it waits as long as
/// `Retry-After` says and sends again.
final class UploadClient implements AutoCloseable {

  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(2);
  private static final Duration TRY_FOR = Duration.ofMinutes(5);

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final String baseUrl;
  private final String apiKey;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .executor(threads)
          .build();

  UploadClient(String url, String apiKey) {
    this.baseUrl = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.apiKey = apiKey;
  }

  /// Whether a Sluice is there at all, before any work is done.
  void ping() throws IOException, InterruptedException {
    untilTaken(request("/health").GET().build(), OK);
  }

  InitAnswer init(InitRequest wanted) throws IOException, InterruptedException {
    BodyPublisher body = BodyPublishers.ofString(JSON.writeValueAsString(wanted));
    HttpRequest request =
        request("/v1/uploads/init").header("Content-Type", "application/json").POST(body).build();
    return read(untilTaken(request, CREATED), InitAnswer.class);
  }

  void sendChunk(String uploadId, FileChunk chunk) throws IOException, InterruptedException {
    HttpRequest request =
        request("/v1/uploads/" + uploadId + "/chunks/" + chunk.index())
            .header("Content-Type", "application/octet-stream")
            .header("X-Chunk-SHA256", chunk.sha256())
            .PUT(
                BodyPublishers.fromPublisher(
                    BodyPublishers.ofInputStream(chunk::open), chunk.sizeBytes()))
            .build();
    untilTaken(request, ACCEPTED);
  }

  /// A whole file in one request; the answer's text.
  String sendFile(String name, byte[] content) throws IOException, InterruptedException {
    return untilTaken(
        request("/v1/files?name=" + name)
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(content))
            .build(),
        CREATED);
  }

  /// All missing indexes, however many answers it takes.
  List<Integer> missingChunks(String uploadId) throws IOException, InterruptedException {
    List<Integer> indexes = new ArrayList<>();
    Integer from = 0;
    while (from != null) {
      HttpRequest request =
          request("/v1/uploads/" + uploadId + "/missing-chunks?from=" + from).GET().build();
      Missing missing = read(untilTaken(request, OK), Missing.class);
      indexes.addAll(missing.missingChunkIndexes());
      from = missing.nextFrom();
    }
    return indexes;
  }

  /// Asks for completion; the server may need longer than it lets a request wait.
  Status complete(String uploadId) throws IOException, InterruptedException {
    HttpRequest request =
        request("/v1/uploads/" + uploadId + "/complete").POST(BodyPublishers.noBody()).build();
    return read(untilTaken(request, OK, ACCEPTED), Status.class);
  }

  Status status(String uploadId) throws IOException, InterruptedException {
    return read(untilTaken(request("/v1/uploads/" + uploadId).GET().build(), OK), Status.class);
  }

  /// The file's bytes. Who calls closes them.
  InputStream download(String uploadId) throws IOException, InterruptedException {
    HttpRequest request = request("/v1/uploads/" + uploadId + "/download").GET().build();
    HttpResponse<InputStream> response = send(request, BodyHandlers.ofInputStream());
    if (response.statusCode() != OK) {
      try (InputStream body = response.body()) {
        throw refused(request, response.statusCode(), text(body.readNBytes(1 << 16)));
      }
    }
    return response.body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(baseUrl + path))
        .timeout(ANSWER_LIMIT)
        .header("X-API-Key", apiKey);
  }

  private String untilTaken(HttpRequest request, int... expected)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TRY_FOR.toNanos();
    while (true) {
      HttpResponse<byte[]> response = send(request, BodyHandlers.ofByteArray());
      int status = response.statusCode();
      for (int good : expected) {
        if (status == good) {
          return text(response.body());
        }
      }
      boolean later = status == TOO_MANY_REQUESTS || status == UNAVAILABLE;
      if (!later || System.nanoTime() - deadline > 0) {
        throw refused(request, status, text(response.body()));
      }
      Thread.sleep(retryAfter(response));
    }
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    try {
      return http.send(request, handler);
    } catch (ConnectException nobody) {
      throw new DemoException(
          "Nothing answers at "
              + baseUrl
              + ". Start Sluice first, in another terminal or in the background:\n"
              + "  ./sluice up\n"
              + "  ./sluice up --detach");
    }
  }

  private static Duration retryAfter(HttpResponse<?> response) {
    try {
      return Duration.ofSeconds(
          Math.max(1, response.headers().firstValueAsLong("Retry-After").orElse(1)));
    } catch (NumberFormatException aDate) {
      return Duration.ofSeconds(1);
    }
  }

  private static DemoException refused(HttpRequest request, int status, String body) {
    String why = body;
    try {
      Problem problem = JSON.readValue(body, Problem.class);
      why = words(problem.errorCode()) + words(problem.detail());
    } catch (JacksonException notAProblem) {
      // Then the body itself is the best there is to say.
    }
    return new DemoException(
        request.method() + " " + request.uri() + " was answered " + status + ": " + why.strip());
  }

  private static String words(@Nullable String text) {
    return text == null ? "" : text + " ";
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static <T> T read(String body, Class<T> type) throws IOException {
    try {
      return JSON.readValue(body, type);
    } catch (JacksonException unexpected) {
      throw new DemoException("not an answer of Sluice: " + unexpected.getOriginalMessage());
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
    threads.close();
  }
}
