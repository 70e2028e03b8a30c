package io.sluice.gateway.testing;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.embedded.s3.S3Server;
import io.sluice.gateway.GatewayApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// One gateway in this JVM, on a database, a directory and a port of its own.
public final class GatewayUnderTest implements AutoCloseable {

  public static final String ANN = "ann-key";
  public static final String BOB = "bob-key";
  public static final String ADMIN = "admin-key";

  private static final AtomicInteger STARTED = new AtomicInteger();
  private static final AtomicInteger OWNERS = new AtomicInteger();
  private static @Nullable GatewayUnderTest shared;

  private final ConfigurableApplicationContext context;
  private final Path storageRoot;

  private GatewayUnderTest(ConfigurableApplicationContext context, Path storageRoot) {
    this.context = context;
    this.storageRoot = storageRoot;
  }

  /// One with its defaults for all tests that can share it; ends with the JVM.
  public static synchronized GatewayUnderTest shared() {
    GatewayUnderTest known = shared;
    if (known == null) {
      known = start();
      shared = known;
    }
    return known;
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
    String name = "gateway-" + STARTED.incrementAndGet();
    all.put("sluice.kafka.bootstrap-servers", EmbeddedStack.kafka().bootstrapServers());
    all.put("sluice.kafka.topic-prefix", name);
    all.put("sluice.kafka.partitions", 1);
    all.put("sluice.redis.url", EmbeddedStack.redis().url());
    all.put("sluice.redis.key-prefix", name);
    all.put("sluice.auth.api-key-mappings", "ann-key:ann,bob-key:bob,admin-key:root");
    all.put("sluice.auth.admin-user-ids", "root");
    all.putAll(settings);
    SpringApplication application = new SpringApplication(GatewayApplication.class);
    application.setDefaultProperties(all);
    application.setRegisterShutdownHook(false);
    return new GatewayUnderTest(application.run(), root);
  }

  /// The settings of one whose objects are in a real S3 service.
  ///
  /// @param prefix of every key
  public static Map<String, Object> s3(String prefix) {
    S3Server server = EmbeddedStack.s3();
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("sluice.storage.backend", "s3");
    settings.put("sluice.s3.endpoint", server.endpoint().toString());
    settings.put("sluice.s3.path-style", true);
    settings.put("sluice.s3.bucket", S3Server.BUCKET);
    settings.put("sluice.s3.prefix", prefix);
    settings.put("sluice.s3.access-key", server.accessKey());
    settings.put("sluice.s3.secret-key", server.secretKey());
    return settings;
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

  /// Asks as somebody whom no other test knows.
  public Client asNewOwner() {
    String owner = "owner-" + OWNERS.incrementAndGet();
    String key = "key-of-" + owner;
    database()
        .sql(
            "insert into api_keys (key_hash, owner_id) values (sha256(cast(:key as bytea)), :owner)")
        .param("key", key.getBytes(StandardCharsets.US_ASCII))
        .param("owner", owner)
        .update();
    return as(key);
  }

  /// What lies in the staging directory for an upload.
  public List<Path> stagedFiles(String uploadId) {
    try (Stream<Path> files = Files.walk(storageRoot.resolve("staging"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().contains("/.sluice/"))
          .filter(file -> file.getFileName().toString().startsWith(uploadId))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The rows behind the answers.
  public JdbcClient database() {
    return context.getBean(JdbcClient.class);
  }

  /// A part of the running gateway.
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /// One of several parts of the same type.
  public <T> T bean(String name, Class<T> type) {
    return context.getBean(name, type);
  }

  public Path storageRoot() {
    return storageRoot;
  }

  @Override
  public void close() {
    context.close();
  }
}
