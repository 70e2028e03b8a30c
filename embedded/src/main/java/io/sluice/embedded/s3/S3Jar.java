package io.sluice.embedded.s3;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the S3 server's jar: the system property `sluice.s3.jar`, else beside the jar this class came in (an
/// installation), else in the build tree it came from.
final class S3Jar {

  static final String PROPERTY = "sluice.s3.jar";

  private static final String NAME = "sluice-s3.jar";
  private static final int LEVELS_UP = 4;

  private S3Jar() {}

  static Path find() throws IOException {
    String configured = System.getProperty(PROPERTY);
    List<Path> candidates =
        configured != null
            ? List.of(Path.of(configured))
            : near(S3Jar.class.getProtectionDomain().getCodeSource());
    for (Path candidate : candidates) {
      if (Files.isRegularFile(candidate)) {
        return candidate.toAbsolutePath();
      }
    }
    throw new FileNotFoundException(
        "no "
            + NAME
            + " in "
            + candidates
            + "; build it (module embedded-s3) or set the system property "
            + PROPERTY);
  }

  private static List<Path> near(@Nullable CodeSource source) {
    return source == null ? List.of() : near(file(source.getLocation().toString()));
  }

  /// The file or directory on disk. A Spring Boot jar's own jars have addresses such as
  /// `jar:nested:/lib/app.jar/!BOOT-INF/lib/embedded.jar!/`: that is the outer jar.
  static Path file(String codeLocation) {
    String address = codeLocation.replaceFirst("^jar:", "").replaceFirst("^(nested|file):", "");
    int inner = address.indexOf('!');
    String outer = inner < 0 ? address : address.substring(0, inner);
    return Path.of(URI.create("file:" + outer.replaceFirst("/$", "")));
  }

  static List<Path> near(Path codeSource) {
    List<Path> candidates = new ArrayList<>();
    Path above = codeSource.getParent();
    for (int level = 0; level < LEVELS_UP && above != null; level++) {
      candidates.add(above.resolve(NAME));
      candidates.add(above.resolve("embedded-s3").resolve("target").resolve(NAME));
      above = above.getParent();
    }
    return candidates;
  }
}
