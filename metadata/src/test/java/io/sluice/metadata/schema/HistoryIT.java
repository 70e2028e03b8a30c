package io.sluice.metadata.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.metadata.MigratedDatabase;
import io.sluice.model.upload.UploadStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryIT {

  private static final MigratedDatabase DATABASE = new MigratedDatabase();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update upload_events set to_status = 'COMPLETED'",
        "delete from upload_events",
        "truncate upload_events"
      })
  void theHistoryCanNeitherBeChangedNorShortened(String sql) {
    DATABASE.upload(UploadStatus.ABORTED);
    var before = rows();

    assertThatThrownBy(() -> DATABASE.jdbc().sql(sql).update()).hasMessageContaining("append-only");

    assertThat(rows()).isNotEmpty().isEqualTo(before);
  }

  @Test
  void aStepThatIsRolledBackIsNotInTheHistory() {
    var id = DATABASE.upload(UploadStatus.INITIATED);
    long before = rows().size();

    DATABASE
        .jdbc()
        .sql(
            """
            do $$ begin
              update uploads set status = 'ABORTED' where id = '%s';
              raise exception 'no';
            exception when raise_exception then null;
            end $$
            """
                .formatted(id))
        .update();

    assertThat(rows()).hasSize((int) before);
  }

  private static List<String> rows() {
    return DATABASE
        .jdbc()
        .sql("select upload_events::text from upload_events order by id")
        .query((row, number) -> row.getString(1))
        .list();
  }
}
