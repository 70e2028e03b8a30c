package io.sluice.gateway.testing;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.gateway.GatewayApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One gateway in this JVM, on a database, a directory and a port of its own.
public final class GatewayUnderTest implements AutoCloseable {

  public static final String ANN = "ann-key";
  public static final String BOB = "bob-key";
  public static final String ADMIN = "admin-key";

  private final ConfigurableApplicationContext context;
  private final Path storageRoot;

  private GatewayUnderTest(ConfigurableApplicationContext context, Path storageRoot) {
    this.context = context;
    this.storageRoot = storageRoot;
  }

  /// Starts one with its defaults.
  public static GatewayUnderTest start() {
    return start(Map.of());
  }

  /// Starts one with some settings of the test's own.
  public static GatewayUnderTest start(Map<String, Object> settings) {
    Map<String, Object> all = new LinkedHashMap<>();
    Path root = temporaryDirectory();
    all.put("server.port", 0);
    all.put("spring.application.name", "api-gateway");
    all.put("spring.datasource.url", EmbeddedStack.freshDatabase());
    all.put("spring.datasource.hikari.maximum-pool-size", 10);
    all.put("sluice.storage.root", root.toString());
    all.put("sluice.auth.api-key-mappings", "ann-key:ann,bob-key:bob,admin-key:root");
    all.put("sluice.auth.admin-user-ids", "root");
    all.putAll(settings);
    SpringApplication application = new SpringApplication(GatewayApplication.class);
    application.setDefaultProperties(all);
    application.setRegisterShutdownHook(false);
    return new GatewayUnderTest(application.run(), root);
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("sluice-gateway-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where it listens.
  public int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  /// Asks as somebody.
  public Client as(String apiKey) {
    return new Client(port(), apiKey);
  }

  /// Asks as nobody.
  public Client asStranger() {
    return new Client(port(), "");
  }

  /// The rows behind the answers.
  public JdbcClient database() {
    return context.getBean(JdbcClient.class);
  }

  /// A part of the running gateway.
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public Path storageRoot() {
    return storageRoot;
  }

  @Override
  public void close() {
    context.close();
  }
}
