package io.sluice.metadata.upload;

import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Turns the `metadata` column into [UserMetadata] and back into the text of a `jsonb` parameter.
public final class UserMetadataColumn {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

  private UserMetadataColumn() {}

  /// For `cast(:metadata as jsonb)`.
  public static String write(UserMetadata metadata) {
    return JSON.writeValueAsString(metadata.values());
  }

  /// What the column holds.
  static UserMetadata read(String json) {
    return new UserMetadata(JSON.readValue(json, STRINGS));
  }
}
