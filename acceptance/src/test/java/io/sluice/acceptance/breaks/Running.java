package io.sluice.acceptance.breaks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.acceptance.audit.Auditor;
import io.sluice.acceptance.audit.Rules;
import io.sluice.acceptance.facts.ChunkFact;
import io.sluice.acceptance.facts.S3Objects;
import io.sluice.acceptance.facts.UploadFact;
import io.sluice.acceptance.history.HistoryFile;
import io.sluice.acceptance.process.Member;
import io.sluice.acceptance.process.Mount;
import io.sluice.acceptance.process.Role;
import io.sluice.acceptance.process.Service;
import io.sluice.acceptance.process.StoreKind;
import io.sluice.acceptance.process.SystemPlan;
import io.sluice.acceptance.process.SystemUnderTest;
import io.sluice.acceptance.proxy.FaultPlan;
import io.sluice.acceptance.proxy.S3FaultProxy;
import io.sluice.acceptance.torture.Inspection;
import io.sluice.acceptance.torture.Quiet;
import io.sluice.acceptance.torture.Sweeping;
import io.sluice.acceptance.workload.Administrator;
import io.sluice.acceptance.workload.FileBytes;
import io.sluice.acceptance.workload.Gateways;
import io.sluice.acceptance.workload.ManualUpload;
import io.sluice.embedded.process.DirectoryTree;
import io.sluice.embedded.s3.S3Server;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One system on S3 behind the fault proxy, for all tests of this package: two gateways, two workers, two
/// reapers. It ends with the JVM.
final class Running {

  /// Larger than one part of S3: two parts, each of one chunk.
  static final int CHUNK_BYTES = 5 << 20;

  /// Of staging, where mounting is allowed.
  private static final long DISK_BYTES = 256L << 20;

  private static final Duration QUIET_LIMIT = Duration.ofSeconds(90);
  private static final Duration SWEEP_LIMIT = Duration.ofSeconds(40);
  private static final AtomicInteger FILES = new AtomicInteger();
  private static @Nullable Running shared;

  private final Path directory;
  private final Optional<Mount> smallDisk;
  private final SystemUnderTest system;
  private final S3FaultProxy proxy;
  private final HttpClient http = HttpClient.newHttpClient();
  private final HistoryFile history;
  private final Inspection inspection;

  private Running() throws IOException, InterruptedException {
    directory = Files.createTempDirectory("sluice-breaks-");
    smallDisk = Mount.inMemory(directory.resolve("storage"), DISK_BYTES);
    try {
      system =
          SystemUnderTest.in(
              directory,
              SystemPlan.small(StoreKind.S3)
                  .fleet(2, 2, 2)
                  .with("sluice.reaper.requeue.lost-after-seconds", "5"));
    } catch (IOException | RuntimeException nothingToStart) {
      clear(directory, smallDisk);
      throw nothingToStart;
    }
    // From here on the end of the JVM clears up, however far the start came.
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::stop));
    system.startServers();
    proxy = S3FaultProxy.start(system.servers().s3Server().endpoint());
    system.reachS3Through(proxy.address());
    system.startServices();
    history = new HistoryFile(directory.resolve("histories"), "tests");
    inspection =
        inspection(
            new Rules(
                Rules.NO_GRACE,
                Integer.MAX_VALUE,
                false,
                Set.of("unreadable_message"),
                false,
                0,
                false));
  }

  /// Looks at the system by other rules.
  Inspection inspection(Rules rules) {
    return new Inspection(system, directory.resolve("histories"), http, rules);
  }

  HistoryFile history() {
    return history;
  }

  /// A history of its own for each client of a run.
  HistoryFile history(String client) throws IOException {
    return new HistoryFile(directory.resolve("histories"), client);
  }

  /// The system, started by whoever asks first.
  static synchronized Running system() throws IOException {
    if (shared == null) {
      try {
        shared = new Running();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (IOException) new InterruptedIOException().initCause(e);
      }
    }
    return shared;
  }

  private void stop() {
    try {
      system.close();
    } catch (IOException e) {
      System.err.println("did not end in order: " + e);
    } finally {
      clear(directory, smallDisk);
    }
  }

  private static void clear(Path directory, Optional<Mount> smallDisk) {
    try {
      if (smallDisk.isPresent()) {
        smallDisk.get().close();
      }
      DirectoryTree.delete(directory);
    } catch (IOException e) {
      System.err.println("left behind in " + directory + ": " + e);
    }
  }

  /// Whether staging has a file system of its own that can be filled.
  boolean hasSmallDisk() {
    return smallDisk.isPresent();
  }

  FaultPlan s3() {
    return proxy.faults();
  }

  SystemUnderTest processes() {
    return system;
  }

  Service gateway(int number) {
    return system.services(Role.GATEWAY).get(number);
  }

  Service worker(int number) {
    return system.services(Role.WORKER).get(number);
  }

  List<Service> workers() {
    return system.services(Role.WORKER);
  }

  List<Service> reapers() {
    return system.services(Role.REAPER);
  }

  Gateways gateways() {
    return new Gateways(http, system.gateways(), SystemUnderTest.API_KEY);
  }

  /// Clients that know one gateway only.
  Gateways only(Service gateway) {
    return new Gateways(http, List.of(gateway.base()), SystemUnderTest.API_KEY);
  }

  /// Begins an upload of some chunks of [#CHUNK_BYTES].
  ManualUpload upload(int chunks) throws IOException, InterruptedException {
    return upload(gateways(), (long) chunks * CHUNK_BYTES, CHUNK_BYTES);
  }

  /// Begins an upload.
  ManualUpload upload(Gateways through, long sizeBytes, long chunkSizeBytes)
      throws IOException, InterruptedException {
    int number = FILES.incrementAndGet();
    return ManualUpload.init(
        through, history, "file-" + number, new FileBytes(number, sizeBytes), chunkSizeBytes);
  }

  /// Sends a file in one request.
  ManualUpload file(long sizeBytes) throws IOException, InterruptedException {
    int number = FILES.incrementAndGet();
    return ManualUpload.file(
        gateways(), history, "file-" + number, new FileBytes(number, sizeBytes));
  }

  Administrator administrator() {
    return new Administrator(gateways());
  }

  /// The row of an upload as it is now.
  UploadFact row(UUID upload) throws IOException {
    return inspection.world().upload(upload).orElseThrow();
  }

  /// The rows of its chunks.
  List<ChunkFact> chunks(UUID upload) throws IOException {
    return inspection.world().database().chunksOf(upload);
  }

  /// Ends the multipart upload behind everybody's back, as an expiry rule of the bucket does.
  void abortAtTheStore(UploadFact upload) {
    S3Server server = system.servers().s3Server();
    try (S3Objects objects =
        S3Objects.of(
            server.endpoint(),
            server.accessKey(),
            server.secretKey(),
            S3Server.BUCKET,
            Clock.systemUTC())) {
      objects
          .s3()
          .abortMultipartUpload(request ->
              request
                  .bucket(S3Server.BUCKET)
                  .key(upload.objectKey())
                  .uploadId(upload.multipartId()));
    }
  }

  Inspection inspection() {
    return inspection;
  }

  /// Every process runs and nothing misbehaves.
  void heal() throws IOException, InterruptedException {
    proxy.faults().heal();
    for (Role role : Role.values()) {
      for (Service service : system.services(role)) {
        service.failpoints();
      }
    }
    List<Member> dead = new ArrayList<>();
    for (Member member : system.members()) {
      if (member.isAlive()) {
        member.thaw();
      } else {
        member.launch();
        dead.add(member);
      }
    }
    for (Member member : dead) {
      member.awaitReady();
    }
  }

  /// Everything comes to rest, what nobody owns goes, and every promise is kept.
  void audit() throws IOException, InterruptedException {
    new Quiet(inspection).await(QUIET_LIMIT);
    new Sweeping(system, inspection).finish(SWEEP_LIMIT);
    assertThat(Auditor.audit(inspection.world()).violations()).isEmpty();
  }

  /// Whatever the reaper saw without an owner is past its grace period.
  void age() throws IOException {
    new Sweeping(system, inspection).age();
  }
}
