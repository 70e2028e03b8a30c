package io.sluice.metadata.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.metadata.MigratedDatabase;
import io.sluice.model.chunk.ChunkStatus;
import io.sluice.model.chunk.ChunkTransitions;
import io.sluice.model.upload.UploadStatus;
import io.sluice.model.upload.UploadTransitions;
import java.util.Collection;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The state tables exist twice, in Java and in SQL, and must be one.
class StateTableIT {

  private static final MigratedDatabase DATABASE = new MigratedDatabase();

  @Test
  void theStepsOfAnUploadAreTheSameInJavaAndInSql() {
    assertThat(inSql("upload"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    UploadTransitions.BIRTH.stream().map(state -> " -> " + state),
                    UploadTransitions.TABLE.stream().map(row -> row.from() + " -> " + row.to()))
                .distinct()
                .toList());
  }

  @Test
  void theStepsOfAChunkAreTheSameInJavaAndInSql() {
    assertThat(inSql("chunk"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of(" -> " + ChunkStatus.STAGED),
                    ChunkTransitions.TABLE.stream().map(row -> row.from() + " -> " + row.to()))
                .distinct()
                .toList());
  }

  @Test
  void theColumnsTakeTheStatesOfJavaAndNoOther() {
    assertThat(checkedWords("uploads_status_check"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(UploadStatus.values()).map(Enum::name).toList());
    assertThat(checkedWords("chunks_status_check"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ChunkStatus.values()).map(Enum::name).toList());
  }

  private static Collection<String> inSql(String entity) {
    return DATABASE
        .jdbc()
        .sql(
            "select from_status || ' -> ' || to_status from state_transitions where entity = :entity")
        .param("entity", entity)
        .query((row, number) -> row.getString(1))
        .list();
  }

  private static Collection<String> checkedWords(String constraint) {
    return DATABASE
        .jdbc()
        .sql(
            """
            select (regexp_matches(pg_get_constraintdef(oid), '''([A-Z_]+)''', 'g'))[1]
            from pg_constraint where conname = :name
            """)
        .param("name", constraint)
        .query((row, number) -> row.getString(1))
        .list();
  }
}
