package io.sluice.acceptance.audit;

import io.sluice.acceptance.digest.Digest;
import io.sluice.acceptance.facts.DatabaseReader;
import io.sluice.acceptance.facts.HttpDownloads;
import io.sluice.acceptance.facts.ObjectDirectory;
import io.sluice.acceptance.facts.OpenMultipart;
import io.sluice.acceptance.facts.StagingDirectory;
import io.sluice.acceptance.history.ClientHistory;
import io.sluice.acceptance.history.HistoryEvent;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/// A small world that a run might have left behind, with nothing wrong in it until a test sabotages it.
final class MadeWorld {

  static final long GRACE_SECONDS = 60;
  static final int LIMIT = 3;
  private static final int INJECTED_ERRORS = 1;

  /// Of another deployment below a prefix of its own, with the mark that says so.
  private static final Set<String> FOREIGN =
      Set.of("foreign/.sluice/place.json", "foreign/01/" + new UUID(0, 1));

  private final MadeDatabase database;
  private final MadeGateway gateway;
  private final HttpClient http;
  private final Path directory;
  private final Random random;
  private final List<MadeUpload> uploads = new ArrayList<>();
  private final List<HistoryEvent> history = new ArrayList<>();
  private final List<OpenMultipart> openMultiparts = new ArrayList<>();
  private long waitingJobs;

  MadeWorld(MadeDatabase database, MadeGateway gateway, HttpClient http, Path directory, long seed)
      throws SQLException, IOException {
    this.database = database;
    this.gateway = gateway;
    this.http = http;
    this.directory = directory;
    random = new Random(seed);
    database.empty();
    gateway.clear();
    for (Kind kind : Kind.values()) {
      int copies = 1 + random.nextInt(2);
      for (int copy = 0; copy < copies; copy++) {
        make(kind);
      }
    }
    clutter();
    marks();
  }

  /// What places say of themselves is nobody's bytes.
  private void marks() throws IOException {
    write(stagingRoot().resolve(".sluice/place.json"), new byte[300]);
    write(objectRoot().resolve(".sluice/place.json"), new byte[300]);
    for (String key : FOREIGN) {
      writeLongAgo(objectRoot().resolve(key), new byte[10]);
    }
  }

  private void make(Kind kind) throws SQLException, IOException {
    int chunkSize = 1 + random.nextInt(2000);
    int chunks = kind == Kind.WHOLE ? 1 : 2 + random.nextInt(4);
    byte[] bytes =
        new byte[kind == Kind.EMPTY ? 0 : (chunks - 1) * chunkSize + 1 + random.nextInt(chunkSize)];
    random.nextBytes(bytes);
    UUID id = new UUID(random.nextLong(), random.nextLong());
    MadeUpload upload = new MadeUpload(id, kind, "file-" + id, bytes, chunkSize);
    uploads.add(upload);
    database.insert(upload);
    for (int index : upload.acknowledged()) {
      if (!upload.isStored(index)) {
        write(stagingRoot().resolve(upload.stagingKey(index)), upload.chunk(index));
      } else if (!kind.isGone()) {
        write(objectFile(upload, index), upload.chunk(index));
      }
    }
    if (kind == Kind.EMPTY) {
      write(objectFile(upload, 0), new byte[0]);
    }
    if (kind.isCompleted()) {
      gateway.serve(id, bytes);
    }
    tell(upload);
  }

  private void tell(MadeUpload upload) {
    Digest file = upload.digest();
    UUID id = upload.id();
    if (upload.kind() == Kind.WHOLE) {
      history.add(new HistoryEvent.FileSent(upload.fileName(), file));
      history.add(new HistoryEvent.FileAcknowledged(id, upload.fileName(), file, file.sha256()));
      return;
    }
    String key = random.nextBoolean() ? "key-" + id : null;
    history.add(new HistoryEvent.InitSent(upload.fileName(), key, file));
    history.add(
        new HistoryEvent.Initiated(
            id,
            upload.fileName(),
            key,
            file,
            upload.chunkSize(),
            upload.totalChunks(),
            upload.declaredSha256()));
    history.add(new HistoryEvent.StatusSeen(id, "INITIATED"));
    for (int index : upload.acknowledged()) {
      history.add(new HistoryEvent.ChunkAcknowledged(id, index, Digest.of(upload.chunk(index))));
      history.add(new HistoryEvent.BodyHeld(id, index * 10L, index * 10L + 25));
    }
    history.add(new HistoryEvent.MissingListed(id, missing(upload)));
    history.add(new HistoryEvent.StatusSeen(id, upload.kind().states().getLast()));
    tellEnd(upload, file);
  }

  private static List<Integer> missing(MadeUpload upload) {
    List<Integer> missing = new ArrayList<>();
    for (int index = upload.acknowledged().length; index < upload.totalChunks(); index++) {
      missing.add(index);
    }
    return missing;
  }

  private void tellEnd(MadeUpload upload, Digest file) {
    UUID id = upload.id();
    switch (upload.kind()) {
      case COMPLETED, PRUNED, EMPTY -> {
        history.add(new HistoryEvent.Completed(id, file.sizeBytes(), file.sha256()));
        history.add(
            new HistoryEvent.Downloaded(id, 0, file.sizeBytes(), file.sha256(), file.sha256()));
      }
      case DELETED -> {
        history.add(new HistoryEvent.Completed(id, file.sizeBytes(), null));
        history.add(new HistoryEvent.DeleteSent(id));
        history.add(new HistoryEvent.Deleted(id));
      }
      case ABORTED -> {
        history.add(new HistoryEvent.AbortSent(id));
        history.add(new HistoryEvent.Aborted(id));
      }
      default -> history.add(new HistoryEvent.Refused("chunk", id, 429, "throttled", 1));
    }
  }

  /// What a crash a moment ago left behind, too young to be called a leak, and an error that the run made itself.
  private void clutter() throws IOException {
    history.add(new HistoryEvent.Refused("chunk", null, 500, "internal_error", null));
    write(stagingRoot().resolve("00/" + new UUID(0, 1) + ".0.x"), new byte[10]);
    write(objectRoot().resolve("00/" + new UUID(0, 1) + "/0"), new byte[10]);
    openMultiparts.add(new OpenMultipart("00/young", "m", 1));
  }

  World world() throws SQLException {
    return new World(
        new Promises(List.of(new ClientHistory("client", history))),
        DatabaseReader.read(database.jdbcUrl()),
        new StagingDirectory(stagingRoot(), Clock.systemUTC()),
        new StoreWithMultiparts(
            new ObjectDirectory(objectRoot(), Clock.systemUTC()), openMultiparts),
        new HttpDownloads(http, gateway.base(), "key"),
        () -> waitingJobs,
        new Rules(GRACE_SECONDS, LIMIT, false, Set.of(), false, INJECTED_ERRORS, false),
        FOREIGN);
  }

  MadeUpload any(Kind kind) {
    return uploads.stream().filter(upload -> upload.kind() == kind).findFirst().orElseThrow();
  }

  MadeDatabase database() {
    return database;
  }

  MadeGateway gateway() {
    return gateway;
  }

  List<HistoryEvent> history() {
    return history;
  }

  List<OpenMultipart> openMultiparts() {
    return openMultiparts;
  }

  void leaveJobs(long count) {
    waitingJobs = count;
  }

  Path stagingRoot() {
    return directory.resolve("staging");
  }

  Path objectRoot() {
    return directory.resolve("objects");
  }

  Path foreignObject() {
    return objectRoot().resolve("foreign/01/" + new UUID(0, 1));
  }

  Path objectFile(MadeUpload upload, int index) {
    Path base = objectRoot().resolve(upload.objectKey());
    return upload.totalChunks() <= 1 ? base : base.resolve(Integer.toString(index));
  }

  void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  /// A file that has lain around for an hour.
  void writeLongAgo(Path file, byte[] bytes) throws IOException {
    write(file, bytes);
    Files.setLastModifiedTime(
        file, FileTime.from(Clock.systemUTC().instant().minus(Duration.ofHours(1))));
  }
}
