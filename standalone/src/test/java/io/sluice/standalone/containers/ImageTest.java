package io.sluice.standalone.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sluice.runtime.environment.EnvironmentNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What can be said of the images without building them.
class ImageTest {

  private static final Pattern ASSIGNMENT = Pattern.compile("\\b([A-Z][A-Z0-9_]+)=");

  @Test
  void theServicesDoNotRunAsRoot() throws IOException {
    assertThat(Compose.stage("runtime"))
        .filteredOn(line -> line.startsWith("USER "))
        .containsExactly("USER 10001:10001");
    for (String name : Compose.BUILT) {
      assertThat(Compose.stage(name))
          .startsWith("FROM runtime AS " + name)
          .noneMatch(line -> line.startsWith("USER "));
    }
  }

  @Test
  void whatTheImagesSetIsWhatTheServicesKnow() throws IOException {
    for (String stage : List.of("runtime", "gateway", "worker", "reaper")) {
      String environment =
          String.join("\n", Compose.stage(stage)).replaceAll("(?s)RUN .*?[^\\\\]\\n", "");
      Matcher names = ASSIGNMENT.matcher(environment);
      while (names.find()) {
        String name = names.group(1);
        assertThat(name.equals("JAVA_OPTS") || EnvironmentNames.PROPERTIES.containsKey(name))
            .as(stage + ": " + name)
            .isTrue();
      }
    }
  }

  /// The layers that change least are copied first.
  @Test
  void theLayersAreInTheOrderInWhichTheyChange() throws IOException {
    for (String name : Compose.BUILT) {
      assertThat(Compose.stage(name))
          .filteredOn(line -> line.startsWith("COPY "))
          .extracting(line -> line.replaceAll(".*/layers/[a-z-]+/([a-z-]+)/ ./", "$1"))
          .containsExactly(
              "dependencies", "spring-boot-loader", "snapshot-dependencies", "application");
    }
  }

  @Test
  void aReadyServiceIsHealthyAndAnUnreadyOneIsNot() throws Exception {
    assertThat(ready(200)).isZero();
    assertThat(ready(503)).isNotZero();
  }

  @Test
  void aServiceThatDoesNotListenIsNotHealthy() throws Exception {
    HttpServer gone = server(200);
    int port = gone.getAddress().getPort();
    gone.stop(0);

    assertThat(askReady(port)).isNotZero();
  }

  private static int ready(int status) throws IOException, InterruptedException {
    HttpServer server = server(status);
    try {
      return askReady(server.getAddress().getPort());
    } finally {
      server.stop(0);
    }
  }

  private static HttpServer server(int status) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static int askReady(int port) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", Compose.repository().resolve("infra/docker/ready").toString());
    builder.environment().put("PORT", Integer.toString(port));
    Process process = builder.redirectErrorStream(true).start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
