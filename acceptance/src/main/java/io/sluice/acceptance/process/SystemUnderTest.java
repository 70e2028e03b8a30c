package io.sluice.acceptance.process;

import io.sluice.embedded.process.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A whole Sluice on one machine: servers and services, every one a process of its own.
public final class SystemUnderTest implements AutoCloseable {

  /// The only user's key.
  public static final String API_KEY = "acceptance-key";

  private final Path directory;
  private final SystemPlan plan;
  private final Servers servers;
  private final List<Service> services = new ArrayList<>();
  private final Map<String, String> addresses = new ConcurrentHashMap<>();
  private @Nullable URI s3Address;

  private SystemUnderTest(Path directory, SystemPlan plan) throws IOException {
    this.directory = directory;
    this.plan = plan;
    servers = new Servers(directory, plan.store());
  }

  /// Lays a system out below a directory; nothing runs yet.
  public static SystemUnderTest in(Path directory, SystemPlan plan) throws IOException {
    Files.createDirectories(directory.resolve("run"));
    Files.createDirectories(directory.resolve("storage"));
    SystemUnderTest system = new SystemUnderTest(directory, plan);
    BuiltJars jars = BuiltJars.here();
    system.add(jars, Role.GATEWAY, plan.gateways());
    system.add(jars, Role.WORKER, plan.workers());
    system.add(jars, Role.REAPER, plan.reapers());
    return system;
  }

  private void add(BuiltJars jars, Role role, int count) throws IOException {
    for (int number = 1; number <= count; number++) {
      services.add(service(jars, role, role.word() + "-" + number));
    }
  }

  private Service service(BuiltJars jars, Role role, String name) throws IOException {
    return new Service(
        name,
        role,
        jars.of(role),
        directory.resolve("run"),
        FreePort.pick(),
        this::environment,
        plan.settings());
  }

  /// A service with the settings of this system and another database: of another deployment, which somebody has
  /// pointed at the same places. Whoever asks for it starts and ends it.
  ///
  /// @param jdbcUrl with user and password
  public Service stranger(Role role, String jdbcUrl) throws IOException {
    Service stranger = service(BuiltJars.here(), role, "second-" + role.word());
    stranger.environment("DATABASE_URL", jdbcUrl);
    return stranger;
  }

  /// Workers reach the S3 server through this address from their next start on: a proxy that lies.
  public void reachS3Through(URI address) {
    s3Address = address;
  }

  /// Starts everything and returns when it is ready.
  public void start() throws IOException {
    startServers();
    startServices();
  }

  /// Starts the servers only.
  public void startServers() throws IOException {
    for (Member server : servers.all()) {
      server.launch();
    }
    for (Member server : servers.all()) {
      server.awaitReady();
    }
    addresses.put("DATABASE_URL", servers.jdbcUrl());
    addresses.put("KAFKA_BOOTSTRAP_SERVERS", servers.bootstrapServers());
    addresses.put("REDIS_URL", servers.redisServer().url());
    if (plan.store() == StoreKind.S3) {
      addresses.put("AWS_ENDPOINT_URL", servers.s3Server().endpoint().toString());
      addresses.put("AWS_ACCESS_KEY_ID", servers.s3Server().accessKey());
      addresses.put("AWS_SECRET_ACCESS_KEY", servers.s3Server().secretKey());
    }
  }

  /// Starts the services only.
  public void startServices() throws IOException {
    for (Service service : services) {
      service.launch();
    }
    for (Service service : services) {
      service.awaitReady();
    }
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(addresses);
    environment.put("STORAGE_ROOT", storageRoot().toString());
    environment.put("STAGING_ROOT", stagingRoot().toString());
    environment.put("API_KEY_MAPPINGS", API_KEY + ":acceptance");
    environment.put("ADMIN_USER_IDS", "acceptance");
    environment.put("BIND_ADDRESS", "127.0.0.1");
    if (plan.store() == StoreKind.S3) {
      environment.put("STORAGE_BACKEND", "s3");
      environment.put("S3_BUCKET", io.sluice.embedded.s3.S3Server.BUCKET);
      environment.put("S3_PATH_STYLE", "true");
      Optional.ofNullable(s3Address)
          .ifPresent(address -> environment.put("AWS_ENDPOINT_URL", address.toString()));
    }
    return environment;
  }

  /// What runs beside the services.
  public Servers servers() {
    return servers;
  }

  /// The services of a role.
  public List<Service> services(Role role) {
    return services.stream().filter(service -> service.role() == role).toList();
  }

  /// The services of all roles.
  public List<Service> services() {
    return List.copyOf(services);
  }

  /// Every process.
  public List<Member> members() {
    List<Member> all = new ArrayList<>(servers.all());
    all.addAll(services);
    return all;
  }

  /// Where the gateways are.
  public List<String> gateways() {
    return services(Role.GATEWAY).stream().map(Service::base).toList();
  }

  /// What is kept where.
  public SystemPlan plan() {
    return plan;
  }

  /// The directory of the local object store's root.
  public Path storageRoot() {
    return directory.resolve("storage");
  }

  /// Where objects are: a directory of the local store, or the bucket's of an S3 server that does not run.
  public Path objectDirectory() {
    return plan.store() == StoreKind.LOCAL
        ? storageRoot().resolve("objects")
        : servers.bucketDirectory();
  }

  /// The staging directory. The local store links files out of it, so it is on the same file system.
  public Path stagingRoot() {
    return storageRoot().resolve("staging");
  }

  /// Logs and pid files.
  public Path runDirectory() {
    return directory.resolve("run");
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    List<Member> all = members();
    Collections.reverse(all);
    for (Member member : all) {
      try {
        member.stop();
      } catch (IOException e) {
        first = e;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
