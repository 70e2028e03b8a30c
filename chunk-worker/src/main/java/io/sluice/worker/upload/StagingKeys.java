package io.sluice.worker.upload;

import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Everything that the chunk rows of one upload name in staging.
@Component
public class StagingKeys {

  private static final int PAGE = 1_000;

  private static final String NEXT =
      """
      select chunk_index, staging_key from chunks
      where upload_id = :upload and chunk_index > :after order by chunk_index limit :page
      """;

  private record Key(int chunkIndex, String stagingKey) {}

  private final JdbcClient jdbc;
  private final StagingStore staging;

  StagingKeys(JdbcClient jdbc, StagingStore staging) {
    this.jdbc = jdbc;
    this.staging = staging;
  }

  /// Deletes it all, a page at a time.
  public void deleteAll(UUID uploadId) throws IOException {
    int after = -1;
    List<Key> page;
    do {
      page =
          jdbc.sql(NEXT)
              .param("upload", uploadId)
              .param("after", after)
              .param("page", PAGE)
              .query(
                  (row, number) -> new Key(row.getInt("chunk_index"), row.getString("staging_key")))
              .list();
      staging.delete(page.stream().map(Key::stagingKey).toList());
      after = page.isEmpty() ? after : page.getLast().chunkIndex();
    } while (page.size() == PAGE);
  }
}
