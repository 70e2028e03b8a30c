package io.sluice.embedded.host;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.embedded.kafka.KafkaServer;
import io.sluice.embedded.postgres.PostgresServer;
import io.sluice.embedded.redis.RedisServer;
import io.sluice.embedded.s3.S3Server;
import java.nio.file.Path;

/// Starts one server, prints `ready PID ADDRESS`, and stays.
public final class HostMain {

  private HostMain() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[1]);
    String ready =
        switch (arguments[0]) {
          case "postgres" -> {
            PostgresServer server = PostgresServer.start(directory, 0);
            yield server.pid() + " " + server.jdbcUrl();
          }
          case "redis" -> {
            RedisServer server = RedisServer.start(directory, 0);
            yield server.pid() + " " + server.url();
          }
          case "s3" -> {
            S3Server server = S3Server.start(directory, 0);
            yield server.pid() + " " + server.endpoint();
          }
          case "kafka" -> {
            KafkaServer server = KafkaServer.start(directory, 0);
            yield ProcessHandle.current().pid() + " " + server.bootstrapServers();
          }
          case "stack" -> EmbeddedStack.postgres().pid() + " " + EmbeddedStack.redis().pid();
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    System.out.println("ready " + ready);
    if (!arguments[0].equals("stack")) {
      new java.util.concurrent.CountDownLatch(1).await();
    }
  }
}
