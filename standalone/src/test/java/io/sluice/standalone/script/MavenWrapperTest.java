package io.sluice.standalone.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sluice.standalone.script.Surroundings.Ending;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenWrapperTest {

  private static final String MAVEN =
      """
      if [ "$1" = --version ]; then echo "Apache Maven %s (somewhere)"; exit 0; fi
      echo "%s home=$JAVA_HOME"
      for argument in "$@"; do echo "<$argument>"; done
      """;

  @TempDir private Path directory;
  private Surroundings machine;
  private Path jdk;

  @BeforeEach
  void aMachineWithJdk25AndNoMaven() throws IOException {
    machine = new Surroundings(directory);
    jdk = machine.jdk("jdk-25", "25.0.3");
  }

  @Test
  void theMavenOnThePathRunsOnJdk25WithTheSameArguments() throws Exception {
    machine.program("mvn", MAVEN.formatted("3.8.7", "path"));

    Ending ending = mvnw("-Dname=two words", "verify");

    assertThat(ending.code()).as(ending.errors()).isZero();
    assertThat(ending.output().lines())
        .containsExactly("path home=" + jdk, "<-Dname=two words>", "<verify>");
  }

  @Test
  void itsExitCodeIsTheAnswer() throws Exception {
    machine.program(
        "mvn", "[ \"$1\" = --version ] && { echo 'Apache Maven 3.9.9'; exit 0; }; exit 3");

    assertThat(mvnw("verify").code()).isEqualTo(3);
  }

  @Test
  void aMavenThatIsTooOldIsPassedOver() throws Exception {
    machine.program("mvn", MAVEN.formatted("3.6.3", "old"));
    Surroundings.script(
        machine.home().resolve(".m2/wrapper/dists/apache-maven-3.9.9/0a1b/bin/mvn"),
        MAVEN.formatted("3.9.9", "unpacked"));

    assertThat(mvnw("verify").output()).startsWith("unpacked home=" + jdk);
  }

  @Test
  void threeEightZeroIsTooOldAndFourIsNot() throws Exception {
    machine.program("mvn", MAVEN.formatted("3.8.0", "old"));
    assertThat(mvnw("verify").code()).isEqualTo(1);

    machine.program("mvn", MAVEN.formatted("4.0.0", "new"));
    assertThat(mvnw("verify").output()).startsWith("new");
  }

  @Test
  void whatARepositorySendsIsRefusedIfItIsNotWhatWasAskedFor() throws Exception {
    machine.link("curl");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/maven2/org/apache/maven/apache-maven/",
        exchange -> {
          byte[] other = {1, 2, 3};
          exchange.sendResponseHeaders(200, other.length);
          exchange.getResponseBody().write(other);
          exchange.close();
        });
    server.start();
    try {
      machine.set("MVNW_REPOURL", "http://127.0.0.1:" + server.getAddress().getPort() + "/maven2/");

      Ending ending = mvnw("verify");

      assertThat(ending.code()).isEqualTo(1);
      assertThat(ending.errors()).contains("its checksum differs");
      try (var left = Files.list(machine.home().resolve(".m2/wrapper/dists"))) {
        assertThat(left).isEmpty();
      }
    } finally {
      server.stop(0);
    }
  }

  @Test
  void rootOnDebianGetsThePackage() throws Exception {
    replace("id", "echo 0");
    machine.program(
        "apt-get",
        """
        [ "$1" = update ] && { : > %1$s/updated; exit 0; }
        [ -f %1$s/updated ] || exit 100
        cat > %2$s/mvn <<'END'
        #!/bin/sh
        echo 'Apache Maven 3.8.7'
        END
        chmod +x %2$s/mvn
        """
            .formatted(directory, machine.bin()));

    Ending ending = mvnw("verify");

    assertThat(ending.code()).as(ending.errors()).isZero();
    assertThat(ending.output()).contains("Apache Maven 3.8.7");
    assertThat(ending.errors()).contains("installing the distribution's maven package");
  }

  @Test
  void withoutMavenOneLineSaysWhatToInstall() throws Exception {
    replace("id", "echo 1000");
    machine.program("apt-get", "exit 1");

    Ending ending = mvnw("verify");

    assertThat(ending.code()).isEqualTo(1);
    assertThat(ending.errors().lines())
        .singleElement()
        .asString()
        .contains("Maven 3.8.1", "install", "MVNW_REPOURL");
  }

  private void replace(String tool, String script) throws IOException {
    Files.delete(machine.bin().resolve(tool));
    machine.program(tool, script);
  }

  private Ending mvnw(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 2];
    command[0] = "sh";
    command[1] = Surroundings.repository().resolve("mvnw").toString();
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    return machine.run(directory, command);
  }
}
