package io.sluice.gateway.testing;

import io.sluice.metadata.chunk.Chunks;
import io.sluice.metadata.upload.Upload;
import io.sluice.metadata.upload.Uploads;
import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.object.StagedPart;
import io.sluice.storage.staging.StagedBytes;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/// Does with the bytes, too, what a worker does.
public final class StoredFile {

  private StoredFile() {}

  /// Stores a one-request file of one chunk, and takes it out of staging.
  public static void store(GatewayUnderTest gateway, String fileId) throws IOException {
    UUID id = UUID.fromString(fileId);
    Upload upload = gateway.bean(Uploads.class).findById(id).orElseThrow();
    List<StagedBytes> staged =
        gateway.bean(Chunks.class).range(id, 0, 0).stream()
            .map(chunk ->
                new StagedBytes(
                    chunk.stagingKey(),
                    new ByteDigest(
                        chunk.sizeBytes(), chunk.crc32c(), chunk.crc32(), chunk.sha256())))
            .toList();
    gateway
        .bean(ObjectStore.class)
        .storeWhole(
            new ObjectRef(upload.objectKey(), upload.plan(), upload.contentType()),
            new StagedPart(0, staged));
    new Worker(gateway).store(id);
    gateway
        .database()
        .sql("update uploads set status = 'COMPLETED', completed_at = now() where id = :id")
        .param("id", id)
        .update();
    gateway.bean(StagingStore.class).delete(staged.stream().map(StagedBytes::stagingKey).toList());
  }
}
