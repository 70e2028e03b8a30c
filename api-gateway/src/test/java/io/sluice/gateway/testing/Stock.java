package io.sluice.gateway.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Everything that a gateway keeps, counted: what a refused request must not change.
///
/// @param rows of uploads, chunks, idempotency keys and replayed dead letters
/// @param files anywhere below the storage root
public record Stock(long rows, long files) {

  private static final String ROWS =
      """
      select (select count(*) from uploads) + (select count(*) from chunks)
          + (select count(*) from idempotency_keys)
          + (select count(*) from dead_letters where replayed_at is not null)
          + (select count(*) from upload_events)
      """;

  /// What there is now.
  public static Stock of(GatewayUnderTest gateway) {
    try (Stream<Path> files = Files.walk(gateway.storageRoot())) {
      return new Stock(
          gateway.database().sql(ROWS).query(Long.class).single(),
          files.filter(Files::isRegularFile).count());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
