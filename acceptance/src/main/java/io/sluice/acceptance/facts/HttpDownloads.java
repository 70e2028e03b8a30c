package io.sluice.acceptance.facts;

import io.sluice.acceptance.digest.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Downloads from a gateway.
///
/// @param base of the gateway, without a slash at the end
/// @param apiKey of the files' owner
public record HttpDownloads(HttpClient http, String base, String apiKey) implements Downloads {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Override
  public Answer whole(UploadFact upload) throws IOException {
    return get(upload, request(upload).build());
  }

  @Override
  public Answer range(UploadFact upload, long offset, long lengthBytes) throws IOException {
    String range = "bytes=%d-%d".formatted(offset, offset + lengthBytes - 1);
    return get(upload, request(upload).header("Range", range).build());
  }

  private HttpRequest.Builder request(UploadFact upload) {
    return HttpRequest.newBuilder(URI.create(base + "/v1/uploads/" + upload.id() + "/download"))
        .header("X-API-Key", apiKey)
        .timeout(LIMIT);
  }

  private Answer get(UploadFact upload, HttpRequest request) throws IOException {
    try {
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      Digest digest = Digest.of(response.body());
      return new Answer(upload.id(), response.statusCode(), digest.sizeBytes(), digest.sha256());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException().initCause(e);
    }
  }
}
