package io.sluice.runtime.health;

import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.info.BuildProperties;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Which build of which service this is.
@RestController
final class VersionController {

  private final Map<String, String> version;

  VersionController(
      ObjectProvider<BuildProperties> build,
      @Value("${spring.application.name:sluice}") String name) {
    BuildProperties known = build.getIfAvailable();
    String number = known == null ? "development" : String.valueOf(known.getVersion());
    this.version = Map.of("name", name, "version", number, "java", Runtime.version().toString());
  }

  @GetMapping({"/version", "/version/"})
  Map<String, String> version() {
    return version;
  }
}
