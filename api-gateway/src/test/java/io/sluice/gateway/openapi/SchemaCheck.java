package io.sluice.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Compares a record with the schema that describes it: the same fields in the same order, of the same
/// types, null where the record may be, required where it is always written.
record SchemaCheck(Contract contract) {

  private static final Map<Class<?>, String> TYPES =
      Map.ofEntries(
          Map.entry(String.class, "string"),
          Map.entry(UUID.class, "string uuid"),
          Map.entry(Instant.class, "string date-time"),
          Map.entry(int.class, "integer int32"),
          Map.entry(Integer.class, "integer int32"),
          Map.entry(long.class, "integer int64"),
          Map.entry(Long.class, "integer int64"),
          Map.entry(double.class, "number double"),
          Map.entry(Double.class, "number double"),
          Map.entry(boolean.class, "boolean"),
          Map.entry(Boolean.class, "boolean"));

  /// What a handler answers.
  void answer(Class<?> type, JsonNode schema) {
    compare(type, schema, type.getSimpleName(), true);
  }

  /// What a handler takes, where each field may be left out or null as far as the type goes.
  void request(Class<?> type, JsonNode schema) {
    compare(type, schema, type.getSimpleName(), false);
  }

  private void compare(Type type, JsonNode unresolved, String where, boolean strict) {
    JsonNode schema = contract.resolve(unresolved);
    if (type instanceof ParameterizedType generic) {
      boolean isList = generic.getRawType() == List.class;
      assertThat(types(schema)).as(where).contains(isList ? "array" : "object");
      if (isList) {
        compare(generic.getActualTypeArguments()[0], schema.path("items"), where + "[]", strict);
      }
      return;
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isEnum()) {
      assertThat(texts(schema.path("enum")))
          .as(where)
          .containsExactlyElementsOf(
              Arrays.stream(plain.getEnumConstants()).map(Object::toString).toList());
    } else if (plain.isRecord()) {
      fields(plain, schema, where, strict);
    } else {
      String format = schema.path("format").asString("");
      assertThat((types(schema).getFirst() + " " + format).strip())
          .as(where)
          .isEqualTo(TYPES.get(plain));
    }
  }

  private void fields(Class<?> record, JsonNode schema, String where, boolean strict) {
    List<String> required = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      String name = wire(component.getName());
      String place = where + "." + name;
      JsonNode field = schema.path("properties").path(name);
      names.add(name);
      compare(component.getGenericType(), field, place, strict);
      boolean mayBeLeftOut = component.getAccessor().isAnnotationPresent(JsonInclude.class);
      if (!mayBeLeftOut) {
        required.add(name);
      }
      if (strict) {
        boolean mayBeNull = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        assertThat(types(contract.resolve(field)).contains("null"))
            .as(place + " may be null")
            .isEqualTo(mayBeNull && !mayBeLeftOut);
      }
    }
    assertThat(schema.path("properties").propertyNames())
        .as(where)
        .containsExactlyElementsOf(names);
    if (strict) {
      assertThat(texts(schema.path("required"))).as(where).isEqualTo(required);
    }
  }

  private static List<String> types(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray() ? texts(type) : List.of(type.asString(""));
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.stringValue()));
    return texts;
  }

  private static String wire(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
