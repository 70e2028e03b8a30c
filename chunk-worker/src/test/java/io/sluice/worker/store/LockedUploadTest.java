package io.sluice.worker.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.upload.UploadStatus;
import io.sluice.worker.store.LockedUpload.Turn;
import io.sluice.worker.upload.VerifiedFile;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What storing the last chunk leads to.
class LockedUploadTest {

  private static final String RIGHT = "a".repeat(64);
  private static final String WRONG = "b".repeat(64);

  @Test
  void aChunkThatIsNotTheLastLeadsToNothing() {
    assertThat(completing(null, null).after(1, null)).isEqualTo(Turn.WAIT);
  }

  @Test
  void aFileWhoseLengthIsNotKnownYetWaits() {
    assertThat(upload(UploadStatus.COMPLETING, false, null, null, null).after(2, null))
        .isEqualTo(Turn.WAIT);
  }

  @Test
  void theLastChunkOfAFileThatNobodyHasAskedForWaits() {
    assertThat(upload(UploadStatus.IN_PROGRESS, false, 3, null, null).after(2, null))
        .isEqualTo(Turn.WAIT);
  }

  @Test
  void aFileOfSeveralPartsIsFinalised() {
    assertThat(completing(null, null).after(2, null)).isEqualTo(Turn.FINALIZE);
    assertThat(upload(UploadStatus.IN_PROGRESS, true, 3, null, null).after(2, null))
        .isEqualTo(Turn.FINALIZE);
  }

  @Test
  void aFileThatItsStoreConfirmedWholeIsComplete() {
    assertThat(completing(null, null).after(2, file(null))).isEqualTo(Turn.COMPLETE);
    assertThat(upload(UploadStatus.IN_PROGRESS, true, 3, null, null).after(2, file(null)))
        .isEqualTo(Turn.COMPLETE);
  }

  @Test
  void aFileIsComparedWithWhatWasDeclaredWhereverItsDigestIsKnownFrom() {
    assertThat(completing(RIGHT, null).after(2, file(RIGHT))).isEqualTo(Turn.COMPLETE);
    assertThat(completing(RIGHT, null).after(2, file(WRONG))).isEqualTo(Turn.FAIL_CHECKSUM);
    assertThat(completing(RIGHT, RIGHT).after(2, file(null))).isEqualTo(Turn.COMPLETE);
    assertThat(completing(RIGHT, WRONG).after(2, file(null))).isEqualTo(Turn.FAIL_CHECKSUM);
  }

  /// Its bytes have to be read once more, which is the finaliser's business.
  @Test
  void aFileWithADeclaredDigestAndNoneToCompareWithIsFinalised() {
    assertThat(completing(RIGHT, null).after(2, file(null))).isEqualTo(Turn.FINALIZE);
  }

  @ParameterizedTest
  @EnumSource(UploadStatus.class)
  void onlyAnUploadThatEndedWithoutAFileIsGone(UploadStatus status) {
    boolean gone =
        switch (status) {
          case INITIATED, IN_PROGRESS, COMPLETING, COMPLETED -> false;
          case FAILED, ABORTED, DELETED -> true;
        };

    assertThat(upload(status, false, 3, null, null).isGone()).isEqualTo(gone);
  }

  private static LockedUpload completing(@Nullable String declared, @Nullable String known) {
    return upload(UploadStatus.COMPLETING, false, 3, declared, known);
  }

  /// One chunk of it is stored.
  private static LockedUpload upload(
      UploadStatus status,
      boolean autoComplete,
      @Nullable Integer totalChunks,
      @Nullable String declared,
      @Nullable String known) {
    return new LockedUpload(
        UUID.randomUUID(), status, autoComplete, totalChunks, 1, declared, known, null);
  }

  private static VerifiedFile file(@Nullable String sha256) {
    return new VerifiedFile("\"tag\"", 7, sha256);
  }
}
