package io.sluice.gateway.openapi;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The contract, for machines at `/v3/api-docs` and for people at `/docs`. Open to everybody.
@RestController
final class OpenApiController {

  /// Nothing from anywhere else, and no script but the page's own files. Swagger UI writes styles inline.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
          + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
          + "frame-ancestors 'none'";

  private static final Resource PAGE =
      new ClassPathResource("ui/index.html", OpenApiController.class);

  private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

  /// Read when somebody asks: a start should not wait for it. Read twice if two ask at once.
  private volatile byte @Nullable [] document;

  @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
  byte[] document() throws IOException {
    byte[] known = document;
    if (known == null) {
      known = OpenApiDocument.json();
      document = known;
    }
    return known;
  }

  @GetMapping(path = "/docs", produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<Resource> page() {
    return ResponseEntity.ok()
        .contentType(HTML)
        .header("Content-Security-Policy", POLICY)
        .body(PAGE);
  }
}
