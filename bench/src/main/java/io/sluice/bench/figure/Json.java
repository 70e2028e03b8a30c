package io.sluice.bench.figure;

import io.sluice.bench.http.Answer;
import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads answers.
final class Json {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static JsonNode read(Answer answer) throws IOException {
    try {
      return MAPPER.readTree(answer.start());
    } catch (JacksonException broken) {
      throw new IOException("not JSON: " + answer.text(), broken);
    }
  }

  static String text(Answer answer, String field) throws IOException {
    return read(answer).path(field).asString();
  }
}
