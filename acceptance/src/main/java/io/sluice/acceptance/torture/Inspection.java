package io.sluice.acceptance.torture;

import io.sluice.acceptance.audit.Promises;
import io.sluice.acceptance.audit.Rules;
import io.sluice.acceptance.audit.World;
import io.sluice.acceptance.facts.DatabaseReader;
import io.sluice.acceptance.facts.HttpDownloads;
import io.sluice.acceptance.facts.KafkaJobs;
import io.sluice.acceptance.facts.ObjectDirectory;
import io.sluice.acceptance.facts.ObjectStore;
import io.sluice.acceptance.facts.S3Objects;
import io.sluice.acceptance.facts.StagingDirectory;
import io.sluice.acceptance.history.HistoryFile;
import io.sluice.acceptance.process.StoreKind;
import io.sluice.acceptance.process.SystemUnderTest;
import io.sluice.embedded.s3.S3Server;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Set;

/// The auditor's view of a system that runs.
public final class Inspection implements AutoCloseable {

  private final SystemUnderTest system;
  private final Path histories;
  private final HttpClient http;
  private final Rules rules;
  private final KafkaJobs jobs;
  private final ObjectStore objects;
  private final Set<String> foreignKeys;

  /// Looks at a system.
  ///
  /// @param histories the directory its clients wrote to
  public Inspection(SystemUnderTest system, Path histories, HttpClient http, Rules rules) {
    this(system, histories, http, rules, Set.of());
  }

  /// Looks at a system whose store holds objects of somebody else's.
  public Inspection(
      SystemUnderTest system,
      Path histories,
      HttpClient http,
      Rules rules,
      Set<String> foreignKeys) {
    this.foreignKeys = foreignKeys;
    this.system = system;
    this.histories = histories;
    this.http = http;
    this.rules = rules;
    jobs = new KafkaJobs(system.servers().bootstrapServers());
    objects = objects(system);
  }

  private static ObjectStore objects(SystemUnderTest system) {
    Clock clock = Clock.systemUTC();
    if (system.plan().store() == StoreKind.LOCAL) {
      return new ObjectDirectory(system.storageRoot().resolve("objects"), clock);
    }
    S3Server s3 = system.servers().s3Server();
    return S3Objects.of(s3.endpoint(), s3.accessKey(), s3.secretKey(), S3Server.BUCKET, clock);
  }

  /// Everything as it is now.
  public World world() throws IOException {
    try {
      return new World(
          new Promises(HistoryFile.readAll(histories)),
          DatabaseReader.read(system.servers().jdbcUrl()),
          new StagingDirectory(system.stagingRoot(), Clock.systemUTC()),
          objects,
          new HttpDownloads(http, system.gateways().getFirst(), SystemUnderTest.API_KEY),
          jobs,
          rules,
          foreignKeys);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    jobs.close();
    if (objects instanceof S3Objects s3) {
      s3.close();
    }
  }
}
