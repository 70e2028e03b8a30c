package io.sluice.standalone.infrastructure;

import io.sluice.embedded.kafka.KafkaServer;
import io.sluice.embedded.postgres.PostgresServer;
import io.sluice.embedded.redis.RedisServer;
import io.sluice.embedded.s3.S3Server;
import io.sluice.standalone.instance.DataDirectory;
import io.sluice.standalone.instance.Instance;
import io.sluice.standalone.instance.Role;
import io.sluice.standalone.supervision.Start;
import io.sluice.standalone.supervision.Supervised;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// Makes the embedded servers of an instance, in the order in which services need them.
///
/// @param instance they belong to
/// @param ports where they listen
/// @param kind which of them
record EmbeddedServers(Instance instance, Ports ports, InfrastructureKind kind) {

  private static final Map<String, String> S3_FIXED =
      Map.of(
          "STORAGE_BACKEND", "s3",
          "S3_BUCKET", S3Server.BUCKET,
          "S3_PATH_STYLE", "true",
          "AWS_REGION", "us-east-1");
  private static final Set<String> S3_NAMES =
      Set.of("AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");

  List<EmbeddedServer> needed(Map<String, String> environment) throws IOException {
    List<EmbeddedServer> servers = new ArrayList<>();
    if (isMissing(environment, "DATABASE_URL")) {
      servers.add(postgres());
    }
    if (isMissing(environment, "REDIS_URL")) {
      servers.add(redis());
    }
    if (kind.s3()) {
      servers.add(s3());
    }
    if (isMissing(environment, "KAFKA_BOOTSTRAP_SERVERS")) {
      servers.add(kafka());
    }
    return servers;
  }

  private static boolean isMissing(Map<String, String> environment, String name) {
    return environment.getOrDefault(name, "").isBlank();
  }

  private EmbeddedServer postgres() throws IOException {
    int port = ports.next();
    AtomicReference<Map<String, String>> environment = new AtomicReference<>(Map.of());
    Start start =
        () -> {
          PostgresServer server = PostgresServer.start(directory().postgres(), port);
          environment.set(Map.of("DATABASE_URL", server.jdbcUrl()));
          return new ChildServer(server.pid(), server::close);
        };
    Path log = directory().postgres().resolve("postgres.log");
    return new EmbeddedServer(
        member("postgres", Role.POSTGRES, port, log, start),
        Map.of(),
        Set.of("DATABASE_URL"),
        environment::get);
  }

  private EmbeddedServer redis() throws IOException {
    int port = ports.next();
    AtomicReference<Map<String, String>> environment = new AtomicReference<>(Map.of());
    Start start =
        () -> {
          RedisServer server = RedisServer.start(directory().redis(), port);
          environment.set(Map.of("REDIS_URL", server.url()));
          return new ChildServer(server.pid(), server::close);
        };
    Path log = directory().redis().resolve("redis.log");
    return new EmbeddedServer(
        member("redis", Role.REDIS, port, log, start),
        Map.of(),
        Set.of("REDIS_URL"),
        environment::get);
  }

  private EmbeddedServer s3() throws IOException {
    int port = ports.next();
    AtomicReference<Map<String, String>> environment = new AtomicReference<>(Map.of());
    Start start =
        () -> {
          S3Server server = S3Server.start(directory().s3(), port);
          environment.set(environment(server));
          return new ChildServer(server.pid(), server::close);
        };
    Path log = directory().s3().resolve("s3.log");
    return new EmbeddedServer(
        member("s3", Role.S3, port, log, start), S3_FIXED, S3_NAMES, environment::get);
  }

  private static Map<String, String> environment(S3Server server) {
    return Map.of(
        "STORAGE_BACKEND",
        "s3",
        "S3_BUCKET",
        S3Server.BUCKET,
        "S3_PATH_STYLE",
        "true",
        "AWS_ENDPOINT_URL",
        server.endpoint().toString(),
        "AWS_REGION",
        "us-east-1",
        "AWS_ACCESS_KEY_ID",
        server.accessKey(),
        "AWS_SECRET_ACCESS_KEY",
        server.secretKey());
  }

  private EmbeddedServer kafka() throws IOException {
    int port = ports.next();
    Start start =
        kind.kafkaApart()
            ? new KafkaProcess(directory(), port)
            : () -> new InThisProcess(KafkaServer.start(directory().kafka(), port));
    Path log = directory().logs().resolve(kind.kafkaApart() ? "kafka.log" : "sluice.log");
    return new EmbeddedServer(
        member("kafka", Role.KAFKA, port, log, start),
        // Clients keep trying until it is there.
        Map.of("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + port),
        Set.of(),
        Map::of);
  }

  private Supervised member(String name, Role role, int port, Path log, Start start) {
    return new Supervised(name, role, port, log, start, instance);
  }

  private DataDirectory directory() {
    return instance.directory();
  }
}
