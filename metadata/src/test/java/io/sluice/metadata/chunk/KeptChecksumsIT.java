package io.sluice.metadata.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.metadata.MigratedDatabase;
import io.sluice.model.chunk.ChunkStatus;
import io.sluice.model.upload.UploadStatus;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/// The checksums of a COMPLETED upload's chunks, which outlive the rows of the chunks.
class KeptChecksumsIT {

  private static final MigratedDatabase DATABASE = new MigratedDatabase();

  private final KeptChecksums kept = new KeptChecksums(DATABASE.jdbc());
  private final UUID upload = DATABASE.upload(UploadStatus.COMPLETING);

  /// Sent in another order than that of the file; with the top bit, which must not be lost.
  private void storeChunks(int from) {
    for (int index = 9; index >= from; index--) {
      DATABASE.chunk(upload, index, ChunkStatus.STORED);
      DATABASE
          .jdbc()
          .sql("update chunks set crc32c = :crc where upload_id = :id and chunk_index = :index")
          .param("crc", checksum(index))
          .param("id", upload)
          .param("index", index)
          .update();
    }
  }

  private static int checksum(int index) {
    return (index % 2 == 0 ? 1 : -1) * (1_000_000_007 + index);
  }

  private void forgetChunks() {
    DATABASE.jdbc().sql("delete from chunks where upload_id = :id").param("id", upload).update();
  }

  @Test
  void theyAreKeptByTheStepToCompletedInTheOrderOfTheFile() {
    storeChunks(0);
    assertThat(kept.range(upload, 0, 9)).isEmpty();

    DATABASE.step(upload, UploadStatus.COMPLETED);
    forgetChunks();

    IntUnaryOperator all = kept.range(upload, 0, 9).orElseThrow();
    for (int index = 0; index < 10; index++) {
      assertThat(all.applyAsInt(index)).isEqualTo(checksum(index));
    }
    IntUnaryOperator some = kept.range(upload, 3, 5).orElseThrow();
    assertThat(some.applyAsInt(3)).isEqualTo(checksum(3));
    assertThat(some.applyAsInt(5)).isEqualTo(checksum(5));
    assertThat(kept.range(upload, 9, 9).orElseThrow().applyAsInt(9)).isEqualTo(checksum(9));
  }

  @Test
  void rowsWithAGapAreNotKept() {
    storeChunks(1);

    DATABASE.step(upload, UploadStatus.COMPLETED);

    assertThat(kept.range(upload, 0, 9)).isEmpty();
  }
}
