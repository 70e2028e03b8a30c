package io.sluice.gateway.file;

import io.sluice.gateway.problem.ProblemException;
import io.sluice.gateway.request.WireJson;
import io.sluice.metadata.upload.UserMetadata;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/// The `metadata` field of a form: a JSON object of strings, at most 4 KiB.
final class FormMetadata {

  private static final int MAX_BYTES = 4 << 10;
  private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

  private FormMetadata() {}

  static UserMetadata read(String json) {
    if (json.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw ProblemException.invalid("metadata", "must be at most 4 KiB of JSON");
    }
    try {
      Map<String, String> values = WireJson.MAPPER.readValue(json, STRINGS);
      boolean storable =
          values != null
              && values.entrySet().stream()
                  .allMatch(
                      e -> e.getValue() != null && (e.getKey() + e.getValue()).indexOf('\0') < 0);
      if (!storable) {
        throw ProblemException.invalid("metadata", "must be an object of strings");
      }
      return new UserMetadata(values);
    } catch (JacksonException e) {
      throw ProblemException.invalid("metadata", "must be a JSON object of strings");
    }
  }
}
