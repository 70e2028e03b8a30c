package io.sluice.gateway.testing;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a gateway answered.
public record Answer(HttpResponse<byte[]> response) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  public int status() {
    return response.statusCode();
  }

  public byte[] bytes() {
    return response.body();
  }

  public String text() {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  public JsonNode json() {
    return JSON.readTree(response.body());
  }

  /// A member of the JSON answer as text; empty if there is none.
  public String text(String member) {
    return json().path(member).asString("");
  }

  /// A header, or the empty string.
  public String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /// The problem's code, or empty if this is no problem document.
  public String errorCode() {
    return header("Content-Type").equals("application/problem+json") ? text("error_code") : "";
  }
}
