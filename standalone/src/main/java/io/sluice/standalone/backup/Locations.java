package io.sluice.standalone.backup;

import io.sluice.embedded.s3.S3Server;
import io.sluice.standalone.backup.Manifest.Kind;
import io.sluice.standalone.backup.Manifest.Layout;
import io.sluice.standalone.instance.DataDirectory;
import java.nio.file.Path;
import java.util.Map;

/// Where an instance on this machine has its places, by the same settings as `up` goes by.
///
/// @param data its directory
/// @param environment of this process, which must be as that of `up` was
record Locations(DataDirectory data, Map<String, String> environment) {

  Locations {
    environment = Map.copyOf(environment);
  }

  /// Whether staging is in a bucket.
  boolean stagingIsS3() {
    return given("STAGING_BACKEND", "local").equalsIgnoreCase("s3");
  }

  /// Whether objects are in a bucket that no server of this instance keeps.
  boolean objectsAreElsewhere() {
    return !given("STORAGE_BACKEND", "local").equalsIgnoreCase("local");
  }

  PlaceSource staging() {
    return new PlaceSource(
        Kind.STAGING,
        Layout.LOCAL,
        Path.of(given("STAGING_ROOT", storage().resolve("staging").toString())),
        Path.of(""));
  }

  PlaceSource objects(Layout layout) {
    return switch (layout) {
      case LOCAL ->
          new PlaceSource(Kind.OBJECTS, layout, storage().resolve("objects"), Path.of(""));
      case S3_SERVER ->
          new PlaceSource(
              Kind.OBJECTS,
              layout,
              S3Server.buckets(data.s3()),
              Path.of(S3Server.BUCKET, given("S3_PREFIX", "")));
    };
  }

  /// The place as the row in `places` names it, where it is a directory.
  String location(Kind kind) {
    Path place =
        switch (kind) {
          case STAGING -> staging().directory();
          case OBJECTS -> storage();
        };
    return place.toAbsolutePath().normalize().toString();
  }

  private Path storage() {
    return Path.of(given("STORAGE_ROOT", data.storage().toString()));
  }

  private String given(String name, String usual) {
    String value = environment.getOrDefault(name, "");
    return value.isBlank() ? usual : value;
  }
}
