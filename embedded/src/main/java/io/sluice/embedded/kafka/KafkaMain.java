package io.sluice.embedded.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Runs Kafka as a process of its own until it is told to end: `--data DIR [--port N] [--controller-port N]`.
///
/// It prints one line when it serves, `serving HOST:PORT`. TERM and INT end it in order.
public final class KafkaMain {

  private static final String USAGE = "usage: --data DIR [--port N] [--controller-port N]";

  private KafkaMain() {}

  /// Starts Kafka and returns; Kafka's own threads go on.
  public static void main(String[] arguments) {
    quietUnlessConfigured();
    try {
      serve(options(arguments));
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.err.println(USAGE);
      System.exit(2);
    } catch (Exception failed) {
      System.err.println("cannot start: " + failed);
      System.exit(1);
    }
  }

  private static void serve(Map<String, String> options) throws IOException {
    KafkaServer server =
        KafkaServer.start(
            Path.of(options.getOrDefault("--data", "")),
            Integer.parseInt(options.getOrDefault("--port", "")),
            Integer.parseInt(options.getOrDefault("--controller-port", "")));
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop-kafka").unstarted(() -> stop(server)));
    System.out.println("serving " + server.bootstrapServers());
  }

  private static Map<String, String> options(String[] arguments) {
    Map<String, String> options = new HashMap<>(Map.of("--port", "0", "--controller-port", "0"));
    if (arguments.length % 2 != 0) {
      throw new IllegalArgumentException("an option without a value");
    }
    for (int index = 0; index < arguments.length; index += 2) {
      options.put(arguments[index], arguments[index + 1]);
    }
    if (!options.keySet().equals(Set.of("--data", "--port", "--controller-port"))) {
      throw new IllegalArgumentException("not the options expected: " + options.keySet());
    }
    return options;
  }

  /// Logback, where it is on the class path, prints everything unless it is told otherwise, and before it is used.
  private static void quietUnlessConfigured() {
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "io/sluice/embedded/kafka/quiet-logback.xml");
    }
  }

  private static void stop(KafkaServer server) {
    try {
      server.close();
    } catch (IOException | RuntimeException failed) {
      System.err.println("did not end in order: " + failed);
    }
  }
}
