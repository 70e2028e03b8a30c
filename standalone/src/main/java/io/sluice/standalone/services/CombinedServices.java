package io.sluice.standalone.services;

import io.sluice.places.PlaceRefusedException;
import io.sluice.runtime.environment.EnvironmentNames;
import io.sluice.standalone.infrastructure.Infrastructure;
import io.sluice.standalone.instance.Instance;
import io.sluice.standalone.instance.Member;
import io.sluice.standalone.instance.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.core.env.StandardEnvironment;

/// Gateway, worker and reaper as one application in this JVM. It starts while its servers start, and waits for each
/// only where it needs it.
public final class CombinedServices implements Services {

  private final Instance instance;
  private final Infrastructure infrastructure;
  private final int apiPort;
  private @Nullable ConfigurableApplicationContext context;

  /// @param apiPort where everything is: API, health, metrics
  public CombinedServices(Instance instance, Infrastructure infrastructure, int apiPort) {
    this.instance = instance;
    this.infrastructure = infrastructure;
    this.apiPort = apiPort;
  }

  @Override
  public synchronized void start() throws IOException {
    Map<String, CompletableFuture<String>> provided = infrastructure.values();
    SpringApplication application = new SpringApplication(StandaloneApplication.class);
    // Each service names its classes as if it were alone.
    application.setBeanNameGenerator(FullyQualifiedAnnotationBeanNameGenerator.INSTANCE);
    // What comes after the services, the servers, is stopped after them by who started both.
    application.setRegisterShutdownHook(false);
    application.addInitializers(starting ->
        starting
            .getEnvironment()
            .getPropertySources()
            .addAfter(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                EmbeddedProperties.of(provided)));
    try {
      context = application.run(arguments());
    } catch (RuntimeException failed) {
      // If a server did not start, that is the reason, and the services' complaint is only its
      // echo.
      infrastructure.await();
      refuseIfPlacesAreOthers(failed);
      throw new IOException("the services do not start: " + failed.getMessage(), failed);
    }
    infrastructure.await();
    long pid = ProcessHandle.current().pid();
    for (Role role : List.of(Role.GATEWAY, Role.WORKER, Role.REAPER)) {
      instance.put(new Member(role.word(), role, pid, apiPort, 0, log().toString()));
    }
  }

  /// The reason alone: all else went well.
  private static void refuseIfPlacesAreOthers(Throwable failed) throws IOException {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof PlaceRefusedException refused) {
        throw new IOException(refused.getMessage(), failed);
      }
    }
  }

  /// Nothing but the launcher's own options can set these.
  private String[] arguments() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("spring.application.name", "sluice");
    properties.put("server.address", "127.0.0.1");
    properties.put("server.port", Integer.toString(apiPort));
    properties.put("management.server.port", Integer.toString(apiPort));
    properties.put("logging.file.name", log().toString());
    // A terminal shows what a person must act on; the rest is in the file.
    properties.put("logging.threshold.console", "error");
    properties.put("logging.register-shutdown-hook", "false");
    ServiceSettings.open(instance.directory(), System.getenv())
        .forEach((name, value) -> properties.put(property(name), value));
    return properties.entrySet().stream()
        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
        .toArray(String[]::new);
  }

  private static String property(String name) {
    String property = EnvironmentNames.PROPERTIES.get(name);
    if (property == null) {
      throw new IllegalStateException(name + " sets no property");
    }
    return property;
  }

  private Path log() {
    return instance.directory().logs().resolve("sluice.log");
  }

  @Override
  public synchronized void stop() {
    if (context != null) {
      context.close();
    }
  }
}
