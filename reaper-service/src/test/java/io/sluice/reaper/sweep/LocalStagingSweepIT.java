package io.sluice.reaper.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.upload.UploadStatus;
import io.sluice.reaper.ReaperFixture;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.StepName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalStagingSweepIT extends StagingSweepContract {

  @RegisterExtension private static final ReaperFixture REAPER = ReaperFixture.local();

  LocalStagingSweepIT() {
    super(REAPER);
  }

  private static Path file(String key) {
    return REAPER.staging().file(key).orElseThrow();
  }

  /// Written a moment ago by a machine whose clock is wrong, by years.
  @ParameterizedTest
  @ValueSource(strings = {"1971-01-01T00:00:00Z", "2199-01-01T00:00:00Z"})
  void theTimeOfAFileSaysNothing(String time) throws Exception {
    UUID upload = REAPER.rows().upload(UploadStatus.IN_PROGRESS, 3);
    String key = REAPER.stage(upload, 1);
    Files.setLastModifiedTime(file(key), FileTime.from(Instant.parse(time)));

    assertThat(REAPER.run(StepName.STAGING_SWEEP).counts()).isEmpty();
    assertThat(REAPER.staged()).containsExactly(key);

    REAPER.letGracePass();
    assertThat(REAPER.run(StepName.STAGING_SWEEP).count(Repair.STAGED_BYTES)).isOne();
  }

  /// A chunk of gigabytes comes over a slow line for longer than the grace period.
  @Test
  void aFileThatGrowsIsBeingWritten() throws Exception {
    UUID upload = REAPER.rows().upload(UploadStatus.IN_PROGRESS, 3);
    String key = REAPER.stage(upload, 1);
    REAPER.run(StepName.STAGING_SWEEP);
    REAPER.letGracePass();

    Files.write(file(key), new byte[10], StandardOpenOption.APPEND);

    assertThat(REAPER.run(StepName.STAGING_SWEEP).counts()).isEmpty();
    assertThat(REAPER.staged()).containsExactly(key);
    REAPER.letGracePass();
    assertThat(REAPER.run(StepName.STAGING_SWEEP).count(Repair.STAGED_BYTES)).isOne();
  }

  @Test
  void aFileThatIsNotOursIsNotTouched() throws Exception {
    UUID upload = REAPER.rows().upload(UploadStatus.ABORTED, 3);
    Path other = file(REAPER.stage(upload, 1)).resolveSibling("README");
    Files.writeString(other, "mine");

    REAPER.run(StepName.STAGING_SWEEP);
    REAPER.letGracePass();
    REAPER.run(StepName.STAGING_SWEEP);

    assertThat(other).hasContent("mine");
  }
}
