package io.sluice.gateway.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.gateway.testing.GatewayUnderTest;
import io.sluice.metadata.time.DatabaseClock;
import io.sluice.metadata.upload.UserMetadata;
import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.staging.StagedBytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A gateway that was frozen after it began to stage must not acknowledge what the sweeper has taken.
class FileCommitWindowIT {

  private static final Duration WITHIN = Duration.ofSeconds(1790);
  private static final Duration BEYOND = Duration.ofSeconds(1810);

  private final GatewayUnderTest gateway = GatewayUnderTest.shared();
  private final UUID id = UUID.randomUUID();
  private final NewFile file = new NewFile(GatewayUnderTest.ANN, "f.bin", 100, 1000);
  private final StagedBytes bytes =
      new StagedBytes("key-" + id, new ByteDigest(100, 1, 2, "ab".repeat(32)));

  @Test
  void aFileIsCommittedWithinTheWindow() {
    insert(WITHIN);

    assertThat(rowsOf("uploads where id")).isOne();
    assertThat(rowsOf("chunks where upload_id")).isOne();
  }

  @Test
  void aFileIsNotCommittedBeyondTheWindow() {
    assertThatThrownBy(() -> insert(BEYOND)).isInstanceOf(StaleBytesException.class);

    assertThat(rowsOf("uploads where id")).isZero();
    assertThat(rowsOf("chunks where upload_id")).isZero();
  }

  @Test
  void eachChunkOfALongFileHasAWindowOfItsOwn() {
    LongFileRows rows = gateway.bean(LongFileRows.class);
    rows.begin(id, file, "text/plain", 50);

    rows.addChunk(id, 0, bytes, ago(WITHIN));
    assertThatThrownBy(() -> rows.addChunk(id, 1, bytes, ago(BEYOND)))
        .isInstanceOf(StaleBytesException.class);

    assertThat(rowsOf("chunks where upload_id")).isOne();
    rows.abort(id);
  }

  private void insert(Duration ago) {
    StagedFile staged =
        new StagedFile(id, file, "text/plain", 100, Optional.of(bytes), bytes.digest(), ago(ago));
    gateway.bean(FileCommits.class).insert(new FileRow(staged, UserMetadata.NONE));
  }

  private Instant ago(Duration ago) {
    return gateway.bean(DatabaseClock.class).now().minus(ago);
  }

  private long rowsOf(String place) {
    return gateway
        .database()
        .sql("select count(*) from " + place + " = :id")
        .param("id", id)
        .query(Long.class)
        .single();
  }
}
