package io.sluice.embedded.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3JarTest {

  @ParameterizedTest
  @CsvSource({
    "file:/home/me/sluice/embedded/target/classes/, /home/me/sluice/embedded/target/classes",
    "file:/opt/slu%20ice/lib/embedded.jar, /opt/slu ice/lib/embedded.jar",
    "jar:file:/opt/sluice/app.jar!/BOOT-INF/lib/embedded.jar, /opt/sluice/app.jar"
  })
  void theFileIsFoundBehindTheAddressOfTheCode(String location, String file) {
    assertThat(S3Jar.file(location)).isEqualTo(Path.of(file));
  }

  @Test
  void aJarWithinASpringBootJarIsBesideTheOuterJar() {
    assertThat(S3Jar.file("jar:nested:/opt/sluice/lib/app.jar/!BOOT-INF/lib/embedded.jar!/"))
        .isEqualTo(Path.of("/opt/sluice/lib/app.jar"));
  }

  @Test
  void itIsLookedForInTheInstallationAndInTheBuildTree() {
    assertThat(S3Jar.near(Path.of("/opt/sluice/lib/app.jar")))
        .contains(Path.of("/opt/sluice/lib/sluice-s3.jar"));
    assertThat(S3Jar.near(Path.of("/src/sluice/embedded/target/classes")))
        .contains(Path.of("/src/sluice/embedded-s3/target/sluice-s3.jar"));
    assertThat(S3Jar.near(Path.of("/src/sluice/standalone/target/standalone-exec.jar")))
        .contains(Path.of("/src/sluice/embedded-s3/target/sluice-s3.jar"));
  }
}
