package io.sluice.gateway.upload;

import io.sluice.model.chunk.ChunkPlan;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an upload is unless its client says otherwise, and how large it may be.
///
/// @param chunkSizeBytes of an upload whose client asks for none
/// @param maxFileSizeBytes of any file
/// @param staleTtlSeconds an upload on which nothing happens for so long expires
@ConfigurationProperties("sluice.upload")
record UploadSettings(
    @DefaultValue("5242880") long chunkSizeBytes,
    @DefaultValue("5497558138880") long maxFileSizeBytes,
    @DefaultValue("86400") long staleTtlSeconds) {

  UploadSettings {
    check("chunk-size-bytes", chunkSizeBytes, 1, ChunkPlan.MAX_CHUNK_SIZE_BYTES);
    check(
        "max-file-size-bytes",
        maxFileSizeBytes,
        0,
        ChunkPlan.MAX_CHUNK_SIZE_BYTES * ChunkPlan.MAX_CHUNKS);
    check("stale-ttl-seconds", staleTtlSeconds, 1, 10L * 366 * 86_400);
  }

  private static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "sluice.upload.%s is %d, must be %d to %d".formatted(name, value, least, most));
    }
  }
}
