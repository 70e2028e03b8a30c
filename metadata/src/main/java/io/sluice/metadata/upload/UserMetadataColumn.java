package io.sluice.metadata.upload;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.postgresql.util.PGobject;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
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

  /// What Spring Data needs to read the column. Nothing is written through it, but a type that it
  /// cannot write it takes for a row of another table.
  public static List<Converter<?, ?>> converters() {
    return List.of(new Reading(), new Writing());
  }

  @ReadingConverter
  private static final class Reading implements Converter<PGobject, UserMetadata> {
    @Override
    public UserMetadata convert(PGobject column) {
      String json = column.getValue();
      return json == null ? UserMetadata.NONE : new UserMetadata(JSON.readValue(json, STRINGS));
    }
  }

  @WritingConverter
  private static final class Writing implements Converter<UserMetadata, PGobject> {
    @Override
    public PGobject convert(UserMetadata metadata) {
      PGobject column = new PGobject();
      column.setType("jsonb");
      try {
        column.setValue(write(metadata));
      } catch (SQLException e) {
        throw new IllegalStateException("a jsonb value takes any text", e);
      }
      return column;
    }
  }
}
