package io.sluice.gateway.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.gateway.testing.TestUpload;
import io.sluice.gateway.upload.UploadFacts;
import io.sluice.metadata.time.DatabaseClock;
import io.sluice.metadata.upload.Upload;
import io.sluice.metadata.upload.Uploads;
import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.staging.StagedBytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A gateway that was frozen after it began to stage must not acknowledge what the sweeper has taken.
class CommitWindowIT {

  private final GatewayUnderTest gateway = GatewayUnderTest.shared();
  private final TestUpload upload =
      TestUpload.begin(gateway.as(GatewayUnderTest.ANN), 250_000, 100_000);

  @ParameterizedTest
  @CsvSource({"true,1790,true", "true,1810,false", "false,1790,true", "false,1810,false"})
  void aChunkIsCommittedOnlyWithinTheWindow(
      boolean firstChunk, int beganSecondsAgo, boolean committed) {
    if (!firstChunk) {
      upload.send(0);
    }
    Upload row = gateway.bean(Uploads.class).findById(upload.id()).orElseThrow();
    UploadFacts facts = new UploadFacts(row.id(), row.ownerId(), row.fileName(), row.plan(), false);
    Instant began =
        gateway.bean(DatabaseClock.class).now().minus(Duration.ofSeconds(beganSecondsAgo));

    Optional<Instant> answer =
        gateway
            .bean(ChunkRows.class)
            .commit(
                new ReceivedChunk(
                    new IncomingChunk(facts, 1, 100_000, Optional.empty()),
                    new StagedBytes("key-" + row.id(), new ByteDigest(100_000, 1, 2, null)),
                    began,
                    Optional.empty()),
                firstChunk,
                false);

    assertThat(answer.isPresent()).isEqualTo(committed);
    assertThat(
            gateway
                .database()
                .sql("select count(*) from chunks where upload_id = :id and chunk_index = 1")
                .param("id", row.id())
                .query(Long.class)
                .single())
        .isEqualTo(committed ? 1 : 0);
  }
}
