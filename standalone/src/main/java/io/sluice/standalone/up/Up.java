package io.sluice.standalone.up;

import io.sluice.embedded.process.FreePort;
import io.sluice.standalone.console.Terminal;
import io.sluice.standalone.health.Probe;
import io.sluice.standalone.infrastructure.Infrastructure;
import io.sluice.standalone.infrastructure.InfrastructureKind;
import io.sluice.standalone.infrastructure.Ports;
import io.sluice.standalone.instance.Instance;
import io.sluice.standalone.services.CombinedServices;
import io.sluice.standalone.services.SeparateServices;
import io.sluice.standalone.services.Services;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/// One run of everything, from the taken directory to the last server stopped. It ends once, whoever asks first: the
/// signal, a failed start, or the end of the command.
final class Up implements AutoCloseable {

  private final UpOptions options;
  private final Terminal terminal;
  private final Instance instance;
  private final Infrastructure infrastructure;
  private final Services services;
  private final int port;
  private final long startNanos = System.nanoTime();
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean stopped;

  private Up(
      UpOptions options,
      Terminal terminal,
      Instance instance,
      Infrastructure infrastructure,
      Services services,
      int port) {
    this.options = options;
    this.terminal = terminal;
    this.instance = instance;
    this.infrastructure = infrastructure;
    this.services = services;
    this.port = port;
  }

  /// Takes directory and port.
  static Up take(UpOptions options, Terminal terminal) throws IOException {
    Ports ports = new Ports();
    int port = options.port() == 0 ? ports.next() : options.port();
    boolean separate = options.separate();
    Instance instance =
        Instance.take(options.directory(), url(port), separate, options.storage().word());
    try {
      // Only now: what a killed instance left behind may have held the port until a moment ago.
      if (!FreePort.isFree(port)) {
        throw new UpException(
            "Port %d on 127.0.0.1 is taken by another program. Choose another: ./sluice up --port N"
                .formatted(port));
      }
      boolean s3 = options.storage() == UpOptions.Storage.S3;
      Infrastructure infrastructure =
          Infrastructure.of(instance, ports, new InfrastructureKind(s3, separate), System.getenv());
      Services services =
          separate
              ? new SeparateServices(instance, infrastructure, ports, port, options.workers())
              : new CombinedServices(instance, infrastructure, port);
      return new Up(options, terminal, instance, infrastructure, services, port);
    } catch (IOException | RuntimeException failed) {
      instance.close();
      throw failed;
    }
  }

  /// Where the API is.
  String url() {
    return url(port);
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  /// Starts everything and says where it listens.
  void start() throws IOException {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop-sluice").unstarted(this::stopSaying));
    infrastructure.start();
    services.start();
    List<String> warnings = warnings();
    instance.ready();
    Duration taken = Duration.ofNanos(System.nanoTime() - startNanos);
    Greeting.lines(url(), taken, options.directory(), System.getenv()).forEach(terminal::say);
    warnings.forEach(terminal::say);
  }

  /// What the services have to say, each thing once.
  private List<String> warnings() {
    List<String> lines =
        instance.members().stream()
            .filter(member -> member.role().isService())
            .flatMap(member -> Probe.health(member.port()).stream())
            .flatMap(health -> health.lines().stream())
            .distinct()
            .map(line -> "  *** " + line)
            .toList();
    return lines.isEmpty() ? lines : Stream.concat(Stream.of(""), lines.stream()).toList();
  }

  /// Returns when it was stopped.
  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  private void stopSaying() {
    try {
      close();
    } catch (IOException failed) {
      terminal.say("not stopped in order: " + failed.getMessage());
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (stopped) {
      return;
    }
    stopped = true;
    try {
      services.stop();
    } finally {
      try {
        infrastructure.stop();
      } finally {
        instance.close();
        ended.countDown();
      }
    }
  }
}
