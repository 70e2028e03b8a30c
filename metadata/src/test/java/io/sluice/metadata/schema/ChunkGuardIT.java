package io.sluice.metadata.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.metadata.MigratedDatabase;
import io.sluice.model.chunk.ChunkStatus;
import io.sluice.model.chunk.ChunkTransitions;
import io.sluice.model.upload.UploadStatus;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// No statement, whoever sends it, can take a chunk over a step that the table does not have.
class ChunkGuardIT {

  private static final MigratedDatabase DATABASE = new MigratedDatabase();
  private static final UUID UPLOAD = DATABASE.upload(UploadStatus.IN_PROGRESS);
  private static int nextIndex;

  static Stream<Arguments> allPairs() {
    return Arrays.stream(ChunkStatus.values())
        .flatMap(from ->
            Arrays.stream(ChunkStatus.values())
                .filter(to -> to != from)
                .map(to -> Arguments.of(from, to)));
  }

  @ParameterizedTest
  @MethodSource("allPairs")
  void aStepIsTakenIfTheTableHasItAndRefusedIfNot(ChunkStatus from, ChunkStatus to) {
    int index = nextIndex++;
    DATABASE.chunk(UPLOAD, index, from);
    boolean legal =
        ChunkTransitions.TABLE.stream().anyMatch(row -> row.from() == from && row.to() == to);

    if (legal) {
      assertThat(DATABASE.chunkStep(UPLOAD, index, to)).isOne();
    } else {
      assertThatThrownBy(() -> DATABASE.chunkStep(UPLOAD, index, to))
          .hasMessageContaining("illegal chunk state change: " + from + " -> " + to);
    }

    assertThat(status(index)).isEqualTo((legal ? to : from).name());
  }

  @ParameterizedTest
  @EnumSource(ChunkStatus.class)
  void aChunkIsBornStaged(ChunkStatus status) {
    int index = nextIndex++;
    if (status == ChunkStatus.STAGED) {
      born(index, status);

      assertThat(status(index)).isEqualTo("STAGED");
    } else {
      assertThatThrownBy(() -> born(index, status))
          .hasMessageContaining("illegal chunk state change:  -> " + status);

      assertThat(
              DATABASE
                  .jdbc()
                  .sql("select count(*) from chunks where chunk_index = :index")
                  .param("index", index)
                  .query(Long.class)
                  .single())
          .isZero();
    }
  }

  private static void born(int index, ChunkStatus status) {
    DATABASE
        .jdbc()
        .sql(
            """
            insert into chunks (upload_id, chunk_index, size_bytes, crc32c, crc32, staging_key,
              status, etag, stored_at)
            values (:id, :index, 1, 1, 1, 'k', :status, 'e', now())
            """)
        .param("id", UPLOAD)
        .param("index", index)
        .param("status", status.name())
        .update();
  }

  private static String status(int index) {
    return DATABASE
        .jdbc()
        .sql("select status from chunks where upload_id = :id and chunk_index = :index")
        .param("id", UPLOAD)
        .param("index", index)
        .query(String.class)
        .single();
  }
}
