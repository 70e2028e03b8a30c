package io.sluice.gateway.openapi;

import java.io.IOException;
import java.io.InputStream;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/// The contract as it is written down, `openapi.yaml`, in the form that is served.
final class OpenApiDocument {

  private static final ClassPathResource SOURCE =
      new ClassPathResource("openapi.yaml", OpenApiDocument.class);

  private OpenApiDocument() {}

  static byte[] json() throws IOException {
    LoaderOptions options = new LoaderOptions();
    // What several operations share is written once, under an anchor.
    options.setMaxAliasesForCollections(500);
    try (InputStream source = SOURCE.getInputStream()) {
      Object document = new Yaml(new SafeConstructor(options)).load(source);
      return JsonMapper.shared().writeValueAsBytes(document);
    }
  }
}
