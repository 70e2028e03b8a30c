package io.sluice.acceptance.torture;

import io.sluice.acceptance.facts.S3Objects;
import io.sluice.acceptance.process.StoreKind;
import io.sluice.acceptance.process.SystemUnderTest;
import io.sluice.embedded.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;

/// Objects of another deployment below a prefix of its own, under its mark, in the store of a system: whatever becomes of
/// ours, they stay.
final class ForeignObjects {

  private static final String PREFIX = "foreign/";
  private static final int COUNT = 5;

  @FunctionalInterface
  private interface Putting {
    void put(String key, String text) throws IOException;
  }

  private ForeignObjects() {}

  /// Puts them there.
  ///
  /// @return their keys, the mark's among them
  static Set<String> plant(SystemUnderTest system, Random random) throws IOException {
    if (system.plan().store() == StoreKind.LOCAL) {
      Path root = system.objectDirectory();
      return plant((key, text) -> write(root.resolve(key), text), random);
    }
    S3Server server = system.servers().s3Server();
    try (S3Objects objects =
        S3Objects.of(
            server.endpoint(),
            server.accessKey(),
            server.secretKey(),
            S3Server.BUCKET,
            Clock.systemUTC())) {
      return plant(
          (key, text) ->
              objects
                  .s3()
                  .putObject(
                      put -> put.bucket(S3Server.BUCKET).key(key), RequestBody.fromString(text)),
          random);
    }
  }

  private static Set<String> plant(Putting store, Random random) throws IOException {
    Set<String> keys = new TreeSet<>();
    String mark = PREFIX + ".sluice/place.json";
    store.put(mark, mark(id(random), id(random)));
    keys.add(mark);
    for (int count = 0; count < COUNT; count++) {
      String id = id(random).toString();
      String key = PREFIX + id.substring(id.length() - 2) + "/" + id;
      store.put(key, "of somebody else");
      keys.add(key);
    }
    return keys;
  }

  private static String mark(UUID deployment, UUID place) {
    return """
    {
      "deployment_id": "%s",
      "place_id": "%s",
      "kind": "OBJECTS",
      "made_at": "2026-01-01T00:00:00Z",
      "generation": 1
    }
    """
        .formatted(deployment, place);
  }

  private static UUID id(Random random) {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
