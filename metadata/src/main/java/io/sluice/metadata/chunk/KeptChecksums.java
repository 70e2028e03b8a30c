package io.sluice.metadata.chunk;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads the checksums of chunks that outlive the chunks' rows. The database writes them when an upload
/// of several chunks is COMPLETED.
@Component
public class KeptChecksums {

  private static final String SLICE =
      """
      select substring(crc32cs from :from for :length) from chunk_checksums where upload_id = :uploadId
      """;

  private final JdbcClient jdbc;

  KeptChecksums(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// The CRC32C of each chunk of an inclusive range of indexes.
  ///
  /// @return by the chunk's index; empty where none were kept
  public Optional<IntUnaryOperator> range(UUID uploadId, int first, int last) {
    int length = (last - first + 1) * Integer.BYTES;
    return jdbc.sql(SLICE)
        .param("from", first * Integer.BYTES + 1)
        .param("length", length)
        .param("uploadId", uploadId)
        .query((row, number) -> row.getBytes(1))
        .optional()
        .map(bytes -> {
          if (bytes.length != length) {
            throw new IllegalStateException(
                "upload " + uploadId + " has fewer checksums than chunks");
          }
          ByteBuffer checksums = ByteBuffer.wrap(bytes);
          return index -> checksums.getInt((index - first) * Integer.BYTES);
        });
  }
}
