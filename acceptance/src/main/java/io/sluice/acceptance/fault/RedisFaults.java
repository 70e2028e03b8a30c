package io.sluice.acceptance.fault;

import io.sluice.embedded.redis.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Redis that forgets.
public final class RedisFaults {

  private static final int ANSWER_MILLIS = 5000;

  private RedisFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault(
            "flush-redis", (target, random) -> flush(target.system().servers().redisServer())));
  }

  /// Empties a Redis.
  public static void flush(RedisServer redis) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
      socket.setSoTimeout(ANSWER_MILLIS);
      String commands = "AUTH %s\r\nFLUSHALL\r\n".formatted(redis.password());
      socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String login = answers.readLine();
      String flush = answers.readLine();
      if (!"+OK".equals(login) || !"+OK".equals(flush)) {
        throw new IOException("Redis answered " + login + ", " + flush);
      }
    }
  }
}
