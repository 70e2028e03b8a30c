package io.sluice.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Every server that the chosen figures need, started when it is first asked for, each on a directory of its own.
public final class Servers implements AutoCloseable {

  private final Path launcher;
  private final Path directory;
  private final Map<String, Server> running = new HashMap<>();
  private final Deque<Server> started = new ArrayDeque<>();

  /// @param launcher the script `sluice`
  /// @param directory where all of them keep their files
  public Servers(Path launcher, Path directory) {
    this.launcher = launcher;
    this.directory = directory;
  }

  /// Starts one.
  private interface Start {
    Server start(Path directory) throws IOException;
  }

  private Server get(String name, Start start) throws IOException {
    Server known = running.get(name);
    if (known == null) {
      System.err.println("  starting " + name);
      known = start.start(Files.createDirectories(directory.resolve(name)));
      running.put(name, known);
      started.push(known);
    }
    return known;
  }

  /// Sluice on its local store.
  public SluiceServer sluice() throws IOException {
    return another("sluice");
  }

  /// Another Sluice on a local store of its own.
  ///
  /// @param name of its directory
  public SluiceServer another(String name) throws IOException {
    return (SluiceServer)
        get(name, data -> SluiceServer.start("Sluice", launcher, data, List.of(), Map.of()));
  }

  /// Sluice on its local store, with very many uploads in its database.
  ///
  /// @param finished of them; for a hundred one is open
  public SluiceServer grown(int finished) throws IOException {
    String name = String.format(Locale.ROOT, "Sluice, %,d uploads", finished);
    return (SluiceServer)
        get(
            "sluice-grown",
            data -> {
              SluiceServer sluice = SluiceServer.start(name, launcher, data, List.of(), Map.of());
              try (Connection database = sluice.database()) {
                new History(finished).write(database);
              } catch (IOException | SQLException failed) {
                sluice.close();
                throw new IOException("cannot fill the database of " + name, failed);
              }
              return sluice;
            });
  }

  /// Sluice with workers of its own, before a store that takes its time.
  ///
  /// @param slots of each worker
  public Fleet fleet(int slots) throws IOException {
    S3Peer store = s3();
    return (Fleet) get("fleet", data -> Fleet.before(store, slots, launcher, data));
  }

  /// Sluice in front of the S3 server.
  public SluiceServer sluiceOnS3() throws IOException {
    Map<String, String> environment = s3().environment();
    return (SluiceServer)
        get(
            "sluice-s3",
            data -> SluiceServer.start("Sluice", launcher, data, List.of(), environment));
  }

  /// nginx.
  public NginxServer nginx() throws IOException {
    return (NginxServer) get("nginx", NginxServer::start);
  }

  /// The tus server.
  public TusServer tus() throws IOException {
    return (TusServer) get("tus", TusServer::start);
  }

  /// The S3 server.
  public S3Peer s3() throws IOException {
    return (S3Peer) get("s3", S3Peer::start);
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (IOException failed) {
        first = first == null ? failed : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
