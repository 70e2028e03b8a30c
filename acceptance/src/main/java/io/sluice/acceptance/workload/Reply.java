package io.sluice.acceptance.workload;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// A small answer, read whole.
///
/// @param status of HTTP
/// @param retryAfterSeconds as the header said it, or empty
/// @param json the body, or a missing node if it is none
public record Reply(int status, OptionalInt retryAfterSeconds, JsonNode json) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Reply of(HttpResponse<byte[]> response) {
    return new Reply(
        response.statusCode(),
        response.headers().firstValue("Retry-After").map(Reply::number).orElse(OptionalInt.empty()),
        parse(response.body()));
  }

  private static OptionalInt number(String header) {
    try {
      return OptionalInt.of(Integer.parseInt(header));
    } catch (NumberFormatException date) {
      return OptionalInt.empty();
    }
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JacksonException noJson) {
      return JsonNodeFactory.instance.missingNode();
    }
  }

  /// Whether it says yes.
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /// Whether coming back later is the remedy.
  public boolean saysComeBack() {
    return status == 429 || status == 503 || status == 507;
  }

  /// A field of the body, or null.
  public @Nullable String text(String field) {
    JsonNode value = json.path(field);
    return value.isMissingNode() || value.isNull() ? null : value.asString();
  }

  /// The problem's code, or null.
  public @Nullable String code() {
    return text("error_code");
  }
}
