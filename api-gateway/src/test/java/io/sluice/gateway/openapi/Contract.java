package io.sluice.gateway.openapi;

import io.sluice.gateway.testing.GatewayUnderTest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The document as it is served.
record Contract(JsonNode root) {

  static Contract of(GatewayUnderTest gateway) {
    return new Contract(gateway.asStranger().get("/v3/api-docs").json());
  }

  /// An operation as `GET /path`, with what is said of it.
  Map<String, JsonNode> operations() {
    Map<String, JsonNode> operations = new LinkedHashMap<>();
    root.path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(operation ->
                    operations.put(
                        operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                        operation.getValue())));
    return operations;
  }

  /// One operation; a missing node if there is none.
  JsonNode operation(String name) {
    String[] call = name.split(" ", 2);
    return root.path("paths").path(call[1]).path(call[0].toLowerCase(Locale.ROOT));
  }

  /// What a reference leads to; any other node is itself.
  JsonNode resolve(JsonNode node) {
    JsonNode reference = node.path("$ref");
    return reference.isString() ? root.at(reference.stringValue().substring(1)) : node;
  }

  JsonNode schema(String name) {
    return root.path("components").path("schemas").path(name);
  }
}
