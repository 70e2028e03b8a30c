package io.sluice.standalone.health;

import io.sluice.standalone.instance.Member;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Asks a member on 127.0.0.1 in its own protocol: an open port alone says little about what is behind it.
public final class Probe {

  private static final int CONNECT_MILLIS = 1_000;
  private static final int ANSWER_MILLIS = 4_000;
  private static final int MAX_HEALTH_BYTES = 64 << 10;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Probe() {}

  /// Whether the member answers as it does when it can work.
  public static boolean serves(Member member) {
    return switch (member.role()) {
      case GATEWAY, WORKER, REAPER -> isReady(member.port());
      case POSTGRES -> answers(member.port(), POSTGRES_SSL_REQUEST, Probe::isPostgres);
      case REDIS -> answers(member.port(), ascii("PING\r\n"), Probe::isRedis);
      case KAFKA -> answers(member.port(), KAFKA_API_VERSIONS, Probe::isKafka);
      case S3 -> answers(member.port(), ascii("HEAD / HTTP/1.0\r\n\r\n"), Probe::isHttp);
    };
  }

  /// Whether the service on that port says that it is ready.
  public static boolean isReady(int port) {
    return health(port).map(ServiceHealth::isReady).orElse(false);
  }

  /// What the service on that port says of itself; empty if it does not answer.
  public static Optional<ServiceHealth> health(int port) {
    byte[] request = ascii("GET /health/ready HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n");
    AtomicReference<ServiceHealth> health = new AtomicReference<>();
    boolean answered =
        answers(
            port,
            request,
            in -> {
              health.set(healthIn(in.readNBytes(MAX_HEALTH_BYTES)));
              return true;
            });
    return answered ? Optional.ofNullable(health.get()) : Optional.empty();
  }

  private static ServiceHealth healthIn(byte[] answer) throws IOException {
    String text = new String(answer, StandardCharsets.UTF_8);
    int body = text.indexOf("\r\n\r\n");
    try {
      return JSON.readValue(text.substring(Math.max(0, body)), ServiceHealth.class);
    } catch (JacksonException e) {
      throw new IOException("not an answer of a service", e);
    }
  }

  /// "May I use TLS?" It is answered with one letter, yes or no, before any login.
  private static final byte[] POSTGRES_SSL_REQUEST =
      ByteBuffer.allocate(8).putInt(8).putInt(80877103).array();

  /// ApiVersions, version 0, without a client id: the one request that every broker answers.
  private static final int CORRELATION = 25;

  private static final byte[] KAFKA_API_VERSIONS =
      ByteBuffer.allocate(14)
          .putInt(10)
          .putShort((short) 18)
          .putShort((short) 0)
          .putInt(CORRELATION)
          .putShort((short) -1)
          .array();

  @FunctionalInterface
  private interface Expected {
    boolean isIn(DataInputStream answer) throws IOException;
  }

  private static boolean answers(int port, byte[] request, Expected expected) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      return expected.isIn(new DataInputStream(socket.getInputStream()));
    } catch (IOException notServing) {
      return false;
    }
  }

  private static boolean isPostgres(DataInputStream answer) throws IOException {
    int letter = answer.read();
    return letter == 'S' || letter == 'N';
  }

  /// It wants a password first, and says so: that is an answer too.
  private static boolean isRedis(DataInputStream answer) throws IOException {
    String line = line(answer);
    return line.startsWith("+PONG") || line.startsWith("-NOAUTH");
  }

  private static boolean isKafka(DataInputStream answer) throws IOException {
    return answer.readInt() > 0 && answer.readInt() == CORRELATION;
  }

  private static boolean isHttp(DataInputStream answer) throws IOException {
    return line(answer).startsWith("HTTP/1.");
  }

  private static String line(DataInputStream answer) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = answer.read(); next >= 0 && next != '\n' && line.length() < 256; ) {
      line.append((char) next);
      next = answer.read();
    }
    return line.toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
