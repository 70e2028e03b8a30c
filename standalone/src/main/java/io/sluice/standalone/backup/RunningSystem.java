package io.sluice.standalone.backup;

import io.sluice.embedded.postgres.PostgresServer;
import io.sluice.standalone.backup.Manifest.Layout;
import io.sluice.standalone.instance.DataDirectory;
import io.sluice.standalone.instance.InstanceState;
import io.sluice.standalone.instance.Member;
import io.sluice.standalone.instance.Role;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a backup is taken of: where it answers, and where its rows and bytes are.
///
/// @param url of a gateway
/// @param objects how the files of its objects lie; empty if they are in a bucket elsewhere
record RunningSystem(
    String url, DatabaseAddress database, Locations locations, Optional<Layout> objects) {

  /// Takes what was typed, and for the rest what runs on the directory.
  ///
  /// @throws BackupException nothing runs there, and too little was typed
  static RunningSystem of(
      DataDirectory directory,
      Optional<InstanceState> state,
      @Nullable String url,
      @Nullable String databaseUrl,
      Map<String, String> environment)
      throws IOException {
    Locations locations = new Locations(directory, environment);
    String gateway = url == null ? state.map(InstanceState::url).orElse(null) : url;
    if (gateway == null) {
      throw new BackupException(
          "No Sluice runs on %s. Start it first, or say --url; one that is stopped can be copied as it is."
              .formatted(directory.root()));
    }
    return new RunningSystem(
        gateway,
        database(directory, state, databaseUrl, environment),
        locations,
        state.filter(running -> running.storage().equals("s3")).isPresent()
            ? Optional.of(Layout.S3_SERVER)
            : Optional.of(Layout.LOCAL).filter(layout -> !locations.objectsAreElsewhere()));
  }

  private static DatabaseAddress database(
      DataDirectory directory,
      Optional<InstanceState> state,
      @Nullable String databaseUrl,
      Map<String, String> environment)
      throws IOException {
    Optional<Member> embedded =
        state.flatMap(running ->
            running.members().stream()
                .filter(member -> member.role() == Role.POSTGRES)
                .findFirst());
    if (databaseUrl == null && embedded.isPresent()) {
      return DatabaseAddress.of(
          PostgresServer.jdbcUrlOf(directory.postgres(), embedded.get().port()));
    }
    String told = databaseUrl == null ? environment.getOrDefault("DATABASE_URL", "") : databaseUrl;
    if (told.isBlank()) {
      throw new BackupException("Which database? Say --database-url, or set DATABASE_URL.");
    }
    return DatabaseAddress.of(told);
  }
}
