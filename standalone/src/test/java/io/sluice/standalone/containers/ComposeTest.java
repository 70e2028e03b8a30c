package io.sluice.standalone.containers;

import static io.sluice.standalone.containers.Compose.list;
import static io.sluice.standalone.containers.Compose.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.environment.EnvironmentNames;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ComposeTest {

  /// Of the Compose specification, what this file uses.
  private static final Set<String> SERVICE_KEYS =
      Set.of(
          "build",
          "command",
          "depends_on",
          "deploy",
          "entrypoint",
          "environment",
          "expose",
          "healthcheck",
          "image",
          "ports",
          "restart",
          "stop_grace_period",
          "volumes");

  /// Read by the AWS SDK and by `DatabaseUrl`, not by a property of ours.
  private static final Set<String> OTHER_NAMES =
      Set.of("DATABASE_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");

  /// It makes a bucket and ends: there is nothing to be healthy.
  private static final Set<String> ONE_SHOT = Set.of("s3-bucket");

  private Compose compose = new Compose(Map.of());

  @BeforeEach
  void read() throws IOException {
    compose = Compose.read();
  }

  @Test
  void theWholeTopologyIsThere() {
    assertThat(compose.services())
        .containsOnlyKeys(
            "gateway",
            "worker",
            "reaper",
            "postgres",
            "kafka",
            "valkey",
            "s3",
            "s3-bucket",
            "prometheus",
            "grafana");
    assertThat(map(compose.service("worker").get("deploy"))).containsEntry("replicas", 2);
  }

  @Test
  void onlyKeysOfTheSpecificationAreUsed() {
    assertThat(compose.document().keySet())
        .allMatch(
            key -> Set.of("name", "services", "volumes").contains(key) || key.startsWith("x-"));
    compose
        .services()
        .forEach((name, service) ->
            assertThat(SERVICE_KEYS).as(name).containsAll(map(service).keySet()));
  }

  @Test
  void everyImageIsPinnedToAVersion() throws IOException {
    Stream<String> images =
        compose.services().keySet().stream()
            .map(name -> String.valueOf(compose.service(name).get("image")))
            .filter(image -> !image.equals("null"));
    Stream<String> bases =
        Compose.dockerfile().stream()
            .filter(line -> line.startsWith("FROM ") && line.contains(":"))
            .map(line -> line.split(" ", -1)[1]);

    assertThat(Stream.concat(images, bases))
        .hasSizeGreaterThan(8)
        .allMatch(image -> image.matches("[a-z/-]+:v?\\d+\\.\\d+[^:]*"));
  }

  @Test
  void everyBuildFindsItsContextItsFileAndItsStage() throws IOException {
    for (String name : Compose.BUILT) {
      Map<String, Object> build = map(compose.service(name).get("build"));
      Path context = Compose.repository().resolve(String.valueOf(build.get("context")));
      assertThat(context.resolve("pom.xml")).as(name).exists();
      assertThat(context.resolve(String.valueOf(build.get("dockerfile")))).isRegularFile();
      assertThat(build).containsEntry("target", name);
      assertThat(Compose.stage(name)).as("stage " + name).isNotEmpty();
    }
  }

  @Test
  void everyEnvironmentNameIsOneThatTheServicesKnow() {
    for (String name : Compose.BUILT) {
      assertThat(compose.environment(name).keySet())
          .as(name)
          .isNotEmpty()
          .allMatch(variable ->
              EnvironmentNames.PROPERTIES.containsKey(variable) || OTHER_NAMES.contains(variable));
    }
  }

  @Test
  void gatewaysAndWorkersShareOneStaging() {
    for (String name : Compose.BUILT) {
      assertThat(compose.environment(name))
          .containsEntry("STAGING_ROOT", "/var/lib/sluice/staging");
      assertThat(list(compose.service(name).get("volumes")))
          .contains("staging:/var/lib/sluice/staging");
    }
  }

  @Test
  void whatServicesAreToldIsWhatTheServersAreTold() throws IOException {
    Map<String, Object> postgres = compose.environment("postgres");
    URI database = URI.create(String.valueOf(compose.environment("gateway").get("DATABASE_URL")));
    assertThat(database)
        .isEqualTo(
            URI.create(
                "postgres://%s:%s@postgres:5432/%s"
                    .formatted(
                        postgres.get("POSTGRES_USER"),
                        postgres.get("POSTGRES_PASSWORD"),
                        postgres.get("POSTGRES_DB"))));
    Map<String, Object> s3 = compose.environment("worker");
    assertThat(Files.readString(Compose.repository().resolve("infra/seaweedfs/s3.json")))
        .contains("\"accessKey\": \"%s\"".formatted(s3.get("AWS_ACCESS_KEY_ID")))
        .contains("\"secretKey\": \"%s\"".formatted(s3.get("AWS_SECRET_ACCESS_KEY")));
    assertThat(list(compose.service("s3-bucket").get("entrypoint")).toString())
        .contains("-name " + s3.get("S3_BUCKET"));
  }

  @Test
  void addressesNameServicesAndPortsThatAreExposed() {
    Map<String, Object> environment = compose.environment("gateway");
    for (String variable :
        List.of("DATABASE_URL", "KAFKA_BOOTSTRAP_SERVERS", "REDIS_URL", "AWS_ENDPOINT_URL")) {
      String address = String.valueOf(environment.get(variable));
      URI uri = URI.create(address.contains("://") ? address : "tcp://" + address);
      assertThat(list(compose.service(uri.getHost()).get("expose")))
          .as(variable)
          .contains(Integer.toString(uri.getPort()));
    }
  }

  @Test
  void publishedPortsAreForThisMachineOnly() {
    compose
        .services()
        .forEach((name, service) ->
            assertThat(list(map(service).get("ports")))
                .as(name)
                .allMatch(port -> port.toString().startsWith("127.0.0.1:")));
  }

  @Test
  void whoeverIsWaitedForCanTellThatItIsReady() throws IOException {
    Set<String> healthy = new HashSet<>(Compose.BUILT);
    assertThat(Compose.stage("runtime")).anyMatch(line -> line.startsWith("HEALTHCHECK "));
    for (String name : compose.services().keySet()) {
      Map<String, Object> check = map(compose.service(name).get("healthcheck"));
      if (check.containsKey("test")) {
        healthy.add(name);
      } else if (!ONE_SHOT.contains(name)) {
        assertThat(healthy).as("no health check").contains(name);
      }
    }
    for (String name : compose.services().keySet()) {
      map(compose.service(name).get("depends_on"))
          .forEach((other, condition) -> {
            String wanted = String.valueOf(map(condition).get("condition"));
            boolean oneShot = ONE_SHOT.contains(other);
            assertThat(compose.services()).as(name).containsKey(other);
            assertThat(wanted)
                .isEqualTo(oneShot ? "service_completed_successfully" : "service_healthy");
            assertThat(oneShot || healthy.contains(other)).as(other).isTrue();
          });
    }
  }

  @Test
  void everyVolumeIsDeclaredOrIsAFileOfThisTree() {
    Set<String> declared = map(compose.document().get("volumes")).keySet();
    compose
        .services()
        .forEach((name, service) ->
            list(map(service).get("volumes"))
                .forEach(volume -> {
                  String source = volume.toString().split(":", -1)[0];
                  if (source.startsWith("./")) {
                    assertThat(Compose.repository().resolve(source)).as(name).exists();
                  } else {
                    assertThat(declared).as(name).contains(source);
                  }
                }));
  }
}
