package io.sluice.standalone.infrastructure;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.sluice.standalone.instance.Instance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/// The servers that services need and the environment does not name: started all at once, stopped last.
public final class Infrastructure {

  private final List<EmbeddedServer> servers;
  private final Map<String, CompletableFuture<String>> values = new ConcurrentHashMap<>();
  private final List<CompletableFuture<Void>> starts = new ArrayList<>();

  private Infrastructure(List<EmbeddedServer> servers) {
    this.servers = List.copyOf(servers);
    for (EmbeddedServer server : this.servers) {
      server.fixed().forEach((name, value) -> values.put(name, completedFuture(value)));
      server.names().forEach(name -> values.put(name, new CompletableFuture<>()));
    }
  }

  /// What an instance of this kind needs.
  ///
  /// @param environment of this process: what it names is used, not embedded
  public static Infrastructure of(
      Instance instance, Ports ports, InfrastructureKind kind, Map<String, String> environment)
      throws IOException {
    return new Infrastructure(new EmbeddedServers(instance, ports, kind).needed(environment));
  }

  /// Starts all servers, each in a thread of its own, and returns at once.
  public void start() {
    for (EmbeddedServer server : servers) {
      CompletableFuture<Void> started = new CompletableFuture<>();
      starts.add(started);
      Thread.ofPlatform()
          .daemon()
          .name("start-" + server.member().name())
          .start(() -> start(server, started));
    }
  }

  private void start(EmbeddedServer server, CompletableFuture<Void> started) {
    try {
      server.member().start();
      server.environment().get().forEach((name, value) -> value(name).complete(value));
      started.complete(null);
    } catch (IOException | RuntimeException | Error failed) {
      IOException named =
          new IOException("cannot start %s: %s".formatted(server.member().name(), failed), failed);
      server.names().forEach(name -> value(name).completeExceptionally(named));
      started.completeExceptionally(named);
    }
  }

  private CompletableFuture<String> value(String name) {
    return values.computeIfAbsent(name, unknown -> new CompletableFuture<>());
  }

  /// Environment names that the embedded servers provide; each value comes when its server runs.
  public Map<String, CompletableFuture<String>> values() {
    return Map.copyOf(values);
  }

  /// All values, as soon as every server runs.
  ///
  /// @throws IOException why one of them does not
  public Map<String, String> await() throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    try {
      starts.forEach(CompletableFuture::join);
      values.forEach((name, value) -> all.put(name, value.join()));
      return all;
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed);
    }
  }

  /// Stops all servers in the reverse of the order in which services need them.
  public void stop() throws IOException {
    IOException first = null;
    for (EmbeddedServer server : servers.reversed()) {
      try {
        server.member().stop();
      } catch (IOException failed) {
        first = first == null ? failed : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
