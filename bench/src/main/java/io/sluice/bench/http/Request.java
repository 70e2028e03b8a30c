package io.sluice.bench.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One request.
///
/// @param path with its query, encoded
/// @param headers whole lines, without `Host` and `Content-Length`
public record Request(String method, String path, List<String> headers, Body body) {

  public Request {
    headers = List.copyOf(headers);
  }

  /// A request without a body.
  public static Request of(String method, String path, List<String> headers) {
    return new Request(method, path, headers, Body.none());
  }

  ByteBuffer head(String host) {
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(host);
    headers.forEach(line -> head.append("\r\n").append(line));
    if (body.sizeBytes() > 0 || !method.equals("GET")) {
      head.append("\r\nContent-Length: ").append(body.sizeBytes());
    }
    return ByteBuffer.wrap(head.append("\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII));
  }
}
