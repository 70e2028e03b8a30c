package io.sluice.metadata.upload;

import java.util.List;
import java.util.Map;
import org.postgresql.util.PGobject;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
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

  /// What Spring Data needs to read the column.
  public static List<Converter<?, ?>> converters() {
    return List.of(new Reading());
  }

  @ReadingConverter
  private static final class Reading implements Converter<PGobject, UserMetadata> {
    @Override
    public UserMetadata convert(PGobject column) {
      String json = column.getValue();
      return json == null ? UserMetadata.NONE : new UserMetadata(JSON.readValue(json, STRINGS));
    }
  }
}
