package io.sluice.acceptance.process;

import io.sluice.embedded.kafka.KafkaMain;
import io.sluice.embedded.postgres.PostgresServer;
import io.sluice.embedded.process.FreePort;
import io.sluice.embedded.process.Listening;
import io.sluice.embedded.redis.RedisServer;
import io.sluice.embedded.s3.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// PostgreSQL, Kafka, Redis and S3, each on a port that it keeps over restarts.
public final class Servers {

  private final Path directory;
  private final EmbeddedMember<PostgresServer> postgres;
  private final JavaProcess kafka;
  private final EmbeddedMember<RedisServer> redis;
  private final EmbeddedMember<S3Server> s3;
  private final int kafkaPort;
  private final StoreKind store;

  /// Servers that will keep their files below a directory.
  Servers(Path directory, StoreKind store) throws IOException {
    this.directory = directory;
    this.store = store;
    int postgresPort = FreePort.pick();
    int redisPort = FreePort.pick();
    int s3Port = FreePort.pick();
    kafkaPort = FreePort.pick();
    int controllerPort = FreePort.pick();
    postgres =
        new EmbeddedMember<>(
            "postgres",
            () -> PostgresServer.start(directory.resolve("postgres"), postgresPort),
            PostgresServer::pid);
    redis =
        new EmbeddedMember<>(
            "redis",
            () -> RedisServer.start(directory.resolve("redis"), redisPort),
            RedisServer::pid);
    s3 =
        new EmbeddedMember<>(
            "s3", () -> S3Server.start(directory.resolve("s3"), s3Port), S3Server::pid);
    kafka =
        new JavaProcess(
            "kafka",
            directory.resolve("run"),
            () -> kafkaCommand(directory.resolve("kafka"), kafkaPort, controllerPort),
            Map::of,
            () -> Listening.on(kafkaPort));
  }

  private static List<String> kafkaCommand(Path data, int port, int controllerPort) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx384m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        KafkaMain.class.getName(),
        "--data",
        data.toString(),
        "--port",
        Integer.toString(port),
        "--controller-port",
        Integer.toString(controllerPort));
  }

  /// All of them.
  public List<Member> all() {
    List<Member> all = new ArrayList<>(List.of(postgres, kafka, redis));
    if (store == StoreKind.S3) {
      all.add(s3);
    }
    return all;
  }

  public Member postgres() {
    return postgres;
  }

  public Member kafka() {
    return kafka;
  }

  public Member redis() {
    return redis;
  }

  public Member s3() {
    return s3;
  }

  /// The address of the database, with user and password.
  public String jdbcUrl() {
    return postgres.server().jdbcUrl();
  }

  /// The address of a database of its own beside that one, which is made if it is not there.
  public String ensureDatabase(String name) throws IOException {
    postgres.server().ensureDatabase(name);
    return postgres.server().jdbcUrl(name);
  }

  /// Removes such a database, whoever uses it.
  public void dropDatabase(String name) throws IOException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "drop database if exists %s with (force)"
              .formatted(statement.enquoteIdentifier(name, true)));
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /// Everything PostgreSQL keeps.
  public Path postgresDirectory() {
    return directory.resolve("postgres");
  }

  /// Where the S3 server keeps the bucket. Only to be touched while it does not run.
  public Path bucketDirectory() {
    return directory.resolve("s3/buckets").resolve(S3Server.BUCKET);
  }

  /// The S3 server as it runs.
  public S3Server s3Server() {
    return s3.server();
  }

  /// The Redis server as it runs.
  public RedisServer redisServer() {
    return redis.server();
  }

  /// Where Kafka's clients find it.
  public String bootstrapServers() {
    return "127.0.0.1:" + kafkaPort;
  }
}
