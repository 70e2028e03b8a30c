package io.sluice.places;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.embedded.s3.S3Server;
import io.sluice.metadata.MetadataConfiguration;
import io.sluice.storage.StorageConfiguration;
import io.sluice.storage.object.ObjectKeys;
import io.sluice.storage.place.MarkedPlace;
import io.sluice.storage.place.MarkedPlaces;
import io.sluice.storage.place.PlaceGuard;
import io.sluice.storage.place.PlaceKind;
import io.sluice.storage.staging.StageRequest;
import io.sluice.storage.staging.StagingStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/// A process that has nothing but a database and its places.
final class PlacesUnderTest implements AutoCloseable {

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import({MetadataConfiguration.class, StorageConfiguration.class, PlacesConfiguration.class})
  static class Service {

    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }
  }

  private final ConfigurableApplicationContext context;

  private PlacesUnderTest(ConfigurableApplicationContext context) {
    this.context = context;
  }

  static PlacesUnderTest start(String database, Map<String, Object> settings) {
    return new PlacesUnderTest(
        new SpringApplicationBuilder(Service.class)
            .web(WebApplicationType.NONE)
            .properties(
                Map.of(
                    "spring.datasource.url", database,
                    "spring.datasource.hikari.maximum-pool-size", 4,
                    "spring.datasource.hikari.connection-timeout", 500,
                    "spring.datasource.hikari.validation-timeout", 250,
                    "sluice.staging.min-free-bytes", 0,
                    "sluice.places.look-every", "100ms",
                    "sluice.places.look-every-remote", "200ms"))
            .properties(settings)
            .run());
  }

  static Map<String, Object> local(Path root) {
    return Map.of("sluice.storage.root", root.toString());
  }

  /// Objects below a prefix of the shared S3 server, staging in a directory.
  static Map<String, Object> s3(Path root, String prefix) {
    S3Server server = EmbeddedStack.s3();
    Map<String, Object> settings = new HashMap<>(local(root));
    settings.put("sluice.storage.backend", "s3");
    settings.put("sluice.s3.endpoint", server.endpoint().toString());
    settings.put("sluice.s3.path-style", true);
    settings.put("sluice.s3.access-key", server.accessKey());
    settings.put("sluice.s3.secret-key", server.secretKey());
    settings.put("sluice.s3.bucket", S3Server.BUCKET);
    settings.put("sluice.s3.prefix", prefix);
    return settings;
  }

  PlaceGuard guard() {
    return context.getBean(PlaceGuard.class);
  }

  PlaceDesk desk() {
    return context.getBean(PlaceDesk.class);
  }

  JdbcClient jdbc() {
    return context.getBean(JdbcClient.class);
  }

  PlatformTransactionManager transactions() {
    return context.getBean(PlatformTransactionManager.class);
  }

  StagingStore staging() {
    return context.getBean(StagingStore.class);
  }

  MarkedPlace place(PlaceKind kind) {
    return context.getBean(MarkedPlaces.class).of(kind);
  }

  long generation(PlaceKind kind) {
    return new PlaceRows(jdbc()).read(kind).row().orElseThrow().generation();
  }

  PlaceRow row(PlaceKind kind) {
    return new PlaceRows(jdbc()).read(kind).row().orElseThrow();
  }

  /// An upload of one chunk, whose bytes are staged.
  String staged() throws IOException {
    UUID id = upload("IN_PROGRESS");
    String key =
        staging()
            .stage(
                new StageRequest(id, 0, 3, 3, false),
                Channels.newChannel(new ByteArrayInputStream(new byte[3])))
            .stagingKey();
    jdbc()
        .sql(
            """
            insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, staging_key, status)
            values (:id, 0, 3, 1, 2, :key, 'STAGED')
            """)
        .param("id", id)
        .param("key", key)
        .update();
    return key;
  }

  /// An upload whose file is stored, as the database has it.
  UUID completed() {
    UUID id = upload("COMPLETING");
    jdbc()
        .sql(
            """
            update uploads set status = 'COMPLETED', etag = 'e', completed_at = now(), listed_at = now()
            where id = :id
            """)
        .param("id", id)
        .update();
    return id;
  }

  UUID upload(String status) {
    UUID id = UUID.randomUUID();
    jdbc()
        .sql(
            """
            insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes,
              total_chunks, chunks_per_part, status, origin, content_type, storage_element,
              object_key, created_at, expires_at)
            values (:id, 'ann', 'a.bin', 3, 3, 1, 1, :status, 'CHUNKED', 'text/plain', 'default',
              :key, now() - interval '23 hours', now() + interval '1 hour')
            """)
        .param("id", id)
        .param("status", status)
        .param("key", ObjectKeys.forUpload(id))
        .update();
    return id;
  }

  @Override
  public void close() {
    context.close();
  }
}
