package io.sluice.metadata.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.metadata.MigratedDatabase;
import io.sluice.model.upload.UploadStatus;
import io.sluice.model.upload.UploadTransitions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataIntegrityViolationException;

/// No statement, whoever sends it, can take an upload over a step that the table does not have.
class UploadGuardIT {

  private static final MigratedDatabase DATABASE = new MigratedDatabase();

  static Stream<Arguments> legalSteps() {
    return pairs(true);
  }

  static Stream<Arguments> illegalSteps() {
    return pairs(false);
  }

  private static Stream<Arguments> pairs(boolean legal) {
    return Arrays.stream(UploadStatus.values())
        .flatMap(from ->
            Arrays.stream(UploadStatus.values())
                .filter(to -> to != from && isLegal(from, to) == legal)
                .map(to -> Arguments.of(from, to)));
  }

  private static boolean isLegal(UploadStatus from, UploadStatus to) {
    return UploadTransitions.TABLE.stream().anyMatch(row -> row.from() == from && row.to() == to);
  }

  @ParameterizedTest
  @MethodSource("legalSteps")
  void aLegalStepIsTakenAndWrittenIntoTheHistory(UploadStatus from, UploadStatus to) {
    UUID id = DATABASE.upload(from);
    List<String> before = history(id);

    assertThat(DATABASE.step(id, to)).isOne();

    assertThat(status(id)).isEqualTo(to.name());
    List<String> expected = new ArrayList<>(before);
    expected.add(from + " -> " + to);
    assertThat(history(id)).containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @MethodSource("illegalSteps")
  void anIllegalStepIsRefusedAndLeavesNothingBehind(UploadStatus from, UploadStatus to) {
    UUID id = DATABASE.upload(from);
    List<String> before = history(id);

    assertThatThrownBy(() -> DATABASE.step(id, to))
        .isInstanceOf(DataIntegrityViolationException.class)
        .hasMessageContaining("illegal upload state change: " + from + " -> " + to);

    assertThat(status(id)).isEqualTo(from.name());
    assertThat(history(id)).containsExactlyElementsOf(before);
  }

  @ParameterizedTest
  @EnumSource(UploadStatus.class)
  void anUploadIsBornOnlyInAStateOfBirth(UploadStatus status) {
    UUID id = UUID.randomUUID();
    if (UploadTransitions.BIRTH.contains(status)) {
      born(id, status);

      assertThat(history(id)).containsExactly(" -> " + status);
    } else {
      assertThatThrownBy(() -> born(id, status))
          .hasMessageContaining("illegal upload state change:  -> " + status);

      assertThat(count("select count(*) from uploads where id = :id", id)).isZero();
      assertThat(history(id)).isEmpty();
    }
  }

  @Test
  void theHistoryKeepsWhyAnUploadEnded() {
    UUID id = DATABASE.upload(UploadStatus.IN_PROGRESS);

    DATABASE
        .jdbc()
        .sql("update uploads set status = 'ABORTED', end_code = 'expired' where id = :id")
        .param("id", id)
        .update();

    assertThat(
            DATABASE
                .jdbc()
                .sql("select code from upload_events where upload_id = :id and to_status='ABORTED'")
                .param("id", id)
                .query(String.class)
                .single())
        .isEqualTo("expired");
  }

  @Test
  void anUpdateThatKeepsTheStateIsNoStep() {
    UUID id = DATABASE.upload(UploadStatus.COMPLETED);
    List<String> before = history(id);

    DATABASE.jdbc().sql("update uploads set status = status, updated_at = now()").update();

    assertThat(history(id)).containsExactlyElementsOf(before);
  }

  private static void born(UUID id, UploadStatus status) {
    DATABASE
        .jdbc()
        .sql(
            """
            insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes,
              total_chunks, chunks_per_part, status, origin, content_type, storage_element,
              object_key, etag, completed_at, listed_at, expires_at)
            values (:id, 'ann', 'a', 0, 1, 0, 1, :status, 'CHUNKED', 'text/plain', 'local', :key,
              'e', now(), now(), now())
            """)
        .param("id", id)
        .param("key", id.toString())
        .param("status", status.name())
        .update();
  }

  private static String status(UUID id) {
    return DATABASE
        .jdbc()
        .sql("select status from uploads where id = :id")
        .param("id", id)
        .query(String.class)
        .single();
  }

  private static List<String> history(UUID id) {
    return DATABASE
        .jdbc()
        .sql(
            """
            select from_status || ' -> ' || to_status from upload_events
            where upload_id = :id order by id
            """)
        .param("id", id)
        .query((row, number) -> row.getString(1))
        .list();
  }

  private static long count(String sql, UUID id) {
    return DATABASE.jdbc().sql(sql).param("id", id).query(Long.class).single();
  }
}
