package io.sluice.standalone.services;

import io.sluice.standalone.infrastructure.Infrastructure;
import io.sluice.standalone.infrastructure.Ports;
import io.sluice.standalone.instance.Instance;
import io.sluice.standalone.instance.Role;
import io.sluice.standalone.supervision.Supervised;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Every service as a process of its own, as many workers as wanted, all supervised.
public final class SeparateServices implements Services {

  /// Beside the workers: a gateway and a reaper.
  private static final int OTHERS = 2;

  private final Instance instance;
  private final Infrastructure infrastructure;
  private final Ports ports;
  private final int apiPort;
  private final int workers;
  private final List<List<Supervised>> inStopOrder = new ArrayList<>();

  /// @param apiPort where the gateway listens
  /// @param workers how many of them
  public SeparateServices(
      Instance instance, Infrastructure infrastructure, Ports ports, int apiPort, int workers) {
    this.instance = instance;
    this.infrastructure = infrastructure;
    this.ports = ports;
    this.apiPort = apiPort;
    this.workers = workers;
  }

  @Override
  public void start() throws IOException {
    Map<String, String> environment = new LinkedHashMap<>(infrastructure.await());
    environment.putAll(ServiceSettings.open(instance.directory(), System.getenv()));
    environment.putAll(ServiceSettings.pool(workers + OTHERS, System.getenv()));
    Path worker = ServiceJars.find(Role.WORKER);
    List<Supervised> fleet = new ArrayList<>();
    for (int number = 1; number <= workers; number++) {
      fleet.add(member("worker-" + number, Role.WORKER, worker, ports.next(), environment));
    }
    synchronized (inStopOrder) {
      inStopOrder.add(List.of(alone(Role.GATEWAY, apiPort, environment)));
      inStopOrder.add(fleet);
      inStopOrder.add(List.of(alone(Role.REAPER, ports.next(), environment)));
    }
    untilOneFails(
        inStopOrder.stream().flatMap(List::stream).map(member -> task(member::start)).toList());
  }

  /// The only one of its role.
  private Supervised alone(Role role, int port, Map<String, String> environment)
      throws IOException {
    return member(role.word(), role, ServiceJars.find(role), port, environment);
  }

  private Supervised member(
      String name, Role role, Path jar, int port, Map<String, String> environment) {
    Map<String, String> own = new LinkedHashMap<>(environment);
    own.put("PORT", Integer.toString(port));
    // The same port: metrics are wanted where the API is.
    own.put("MANAGEMENT_PORT", Integer.toString(port));
    own.put("BIND_ADDRESS", "127.0.0.1");
    ServiceProcess start = new ServiceProcess(name, jar, instance.directory(), port, own);
    return new Supervised(
        name, role, port, instance.directory().logs().resolve(name + ".log"), start, instance);
  }

  @Override
  public void stop() throws IOException {
    List<List<Supervised>> ranks;
    synchronized (inStopOrder) {
      ranks = List.copyOf(inStopOrder);
    }
    for (List<Supervised> rank : ranks) {
      all(rank.stream().map(member -> task(member::stop)).toList());
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private static Callable<Void> task(Step step) {
    return () -> {
      step.run();
      return null;
    };
  }

  /// Starts them all; the first that fails ends the waiting for the others.
  private static void untilOneFails(List<Callable<Void>> tasks) throws IOException {
    try (ExecutorService threads = threads()) {
      CompletionService<Void> ends = new ExecutorCompletionService<>(threads);
      tasks.forEach(ends::submit);
      try {
        for (int left = tasks.size(); left > 0; left--) {
          ends.take().get();
        }
      } finally {
        threads.shutdownNow();
      }
    } catch (ExecutionException failed) {
      throw cause(failed);
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
  }

  /// Runs them all to their end, whatever happens to one of them, then tells the first failure.
  private static void all(List<Callable<Void>> tasks) throws IOException {
    try (ExecutorService threads = threads()) {
      for (Future<Void> task : threads.invokeAll(tasks)) {
        task.get();
      }
    } catch (ExecutionException failed) {
      throw cause(failed);
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
  }

  private static ExecutorService threads() {
    return Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("member-", 1).factory());
  }

  private static IOException cause(ExecutionException failed) {
    return failed.getCause() instanceof IOException cause
        ? cause
        : new IOException(failed.getCause());
  }

  private static IOException interrupted(InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    return (IOException) new InterruptedIOException("interrupted").initCause(interrupted);
  }
}
