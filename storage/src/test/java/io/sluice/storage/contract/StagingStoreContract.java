package io.sluice.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.storage.staging.BodyLengthException;
import io.sluice.storage.staging.BodyReadException;
import io.sluice.storage.staging.StageRequest;
import io.sluice.storage.staging.StagedBytes;
import io.sluice.storage.staging.StagedBytesMissingException;
import io.sluice.storage.staging.StagedEntry;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every staging store promises.
public abstract class StagingStoreContract {

  private final UUID upload = UUID.randomUUID();

  /// The store under test; may hold what other tests left.
  protected abstract StagingStore staging();

  @Test
  void stagedBytesComeBackWithTheirDigests() throws Exception {
    byte[] bytes = Bodies.bytes(1, 700_001);

    StagedBytes staged = staging().stage(exactly(7, bytes.length), Bodies.inPieces(bytes, 9_999));

    assertThat(staged.digest().sizeBytes()).isEqualTo(bytes.length);
    assertThat(staged.digest().crc32c()).isEqualTo(Bodies.crc32c(bytes));
    assertThat(staged.digest().crc32()).isEqualTo(Bodies.crc32(bytes));
    assertThat(staged.digest().sha256()).isNull();
    assertThat(read(staged)).isEqualTo(bytes);
  }

  @Test
  void sha256IsTakenWhereItIsWanted() throws Exception {
    byte[] bytes = Bodies.bytes(2, 300_000);

    StagedBytes staged =
        staging().stage(StageRequest.exactly(upload, 0, bytes.length, true), Bodies.of(bytes));

    assertThat(staged.digest().sha256())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
  }

  @Test
  void aPieceOfStagedBytesCanBeRead() throws Exception {
    byte[] bytes = Bodies.bytes(3, 50_000);
    StagedBytes staged = staging().stage(exactly(0, bytes.length), Bodies.of(bytes));

    byte[] piece = Bodies.drain(staging().open(staged.stagingKey(), 10_000, 20_000));

    assertThat(piece).isEqualTo(java.util.Arrays.copyOfRange(bytes, 10_000, 30_000));
  }

  @Test
  void aBodyOfUnknownLengthIsTakenUpToItsLimit() throws Exception {
    for (int size : new int[] {0, 1, 100_000}) {
      byte[] bytes = Bodies.bytes(4, size);

      StagedBytes staged = staging().stage(atMost(0, 100_000), Bodies.of(bytes));

      assertThat(staged.digest().sizeBytes()).isEqualTo(size);
      assertThat(read(staged)).isEqualTo(bytes);
    }
  }

  @Test
  void aLongBodyOfUnknownLengthComesBackWhole() throws Exception {
    byte[] bytes = Bodies.bytes(5, 21 << 20);

    StagedBytes staged = staging().stage(atMost(0, 1L << 30), Bodies.inPieces(bytes, 1 << 20));

    assertThat(staged.digest().crc32c()).isEqualTo(Bodies.crc32c(bytes));
    assertThat(read(staged)).isEqualTo(bytes);
  }

  @Test
  void aBodyThatStopsEarlyIsRefusedAndNothingIsStored() throws Exception {
    byte[] bytes = Bodies.bytes(6, 400_000);

    assertThatThrownBy(() -> staging().stage(exactly(0, bytes.length + 1), Bodies.of(bytes)))
        .isInstanceOf(BodyLengthException.class);

    assertThat(stagedOfThisUpload()).isEmpty();
  }

  @Test
  void aBodyThatGoesOnTooLongIsRefusedAndNothingIsStored() throws Exception {
    byte[] bytes = Bodies.bytes(7, 400_000);

    assertThatThrownBy(() -> staging().stage(exactly(0, bytes.length - 1), Bodies.of(bytes)))
        .isInstanceOf(BodyLengthException.class);
    assertThatThrownBy(() -> staging().stage(atMost(0, bytes.length - 1), Bodies.of(bytes)))
        .isInstanceOf(BodyLengthException.class);

    assertThat(stagedOfThisUpload()).isEmpty();
  }

  @Test
  void aConnectionThatBreaksIsToldApartAndNothingIsStored() throws Exception {
    byte[] bytes = Bodies.bytes(8, 400_000);

    assertThatThrownBy(
            () -> staging().stage(exactly(0, bytes.length + 1), Bodies.breakingAfter(bytes)))
        .isInstanceOf(BodyReadException.class);
    assertThatThrownBy(() -> staging().stage(atMost(0, 1 << 20), Bodies.breakingAfter(bytes)))
        .isInstanceOf(BodyReadException.class);

    assertThat(stagedOfThisUpload()).isEmpty();
  }

  @Test
  void attemptsAtOneChunkAtTheSameTimeNeverTouchEachOther() throws Exception {
    List<byte[]> bodies = IntStream.range(0, 16).mapToObj(i -> Bodies.bytes(i, 100_000)).toList();
    List<Callable<StagedBytes>> attempts =
        bodies.stream()
            .<Callable<StagedBytes>>map(
                bytes -> () -> staging().stage(exactly(3, bytes.length), Bodies.of(bytes)))
            .toList();

    List<StagedBytes> staged = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<StagedBytes> attempt : threads.invokeAll(attempts)) {
        staged.add(attempt.get());
      }
    }

    assertThat(staged.stream().map(StagedBytes::stagingKey)).doesNotHaveDuplicates();
    for (int i = 0; i < bodies.size(); i++) {
      assertThat(read(staged.get(i))).isEqualTo(bodies.get(i));
    }
  }

  @Test
  void everythingStagedIsShown() throws Exception {
    StagedBytes first = staging().stage(exactly(0, 5), Bodies.of(new byte[5]));
    StagedBytes second = staging().stage(exactly(99_999, 7), Bodies.of(new byte[7]));

    assertThat(stagedOfThisUpload())
        .extracting(StagedEntry::stagingKey, StagedEntry::chunkIndex, StagedEntry::sizeBytes)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(first.stagingKey(), 0, 5L),
            org.assertj.core.groups.Tuple.tuple(second.stagingKey(), 99_999, 7L));
  }

  @Test
  void deletedBytesAreGoneAndDeletingThemAgainSucceeds() throws Exception {
    StagedBytes gone = staging().stage(exactly(0, 5), Bodies.of(new byte[5]));
    StagedBytes kept = staging().stage(exactly(1, 5), Bodies.of(new byte[5]));

    staging().delete(List.of(gone.stagingKey()));
    staging().delete(Set.of(gone.stagingKey()));

    assertThatThrownBy(() -> staging().open(gone.stagingKey(), 0, 5))
        .isInstanceOf(StagedBytesMissingException.class);
    assertThat(read(kept)).hasSize(5);
    assertThat(stagedOfThisUpload())
        .extracting(StagedEntry::stagingKey)
        .containsExactly(kept.stagingKey());
  }

  @Test
  void aKeyThatIsNotOneOfOursIsNeverFollowed() {
    for (String key : List.of("", "../../etc/passwd", "0/../1", "0/" + upload + ".1.2")) {
      assertThatIllegalArgumentException().isThrownBy(() -> staging().open(key, 0, 1));
      assertThatIllegalArgumentException().isThrownBy(() -> staging().delete(List.of(key)));
    }
  }

  @Test
  void aProbeLeavesNothingBehind() throws Exception {
    List<String> before = everythingStaged().stream().map(StagedEntry::stagingKey).toList();

    staging().probe();

    assertThat(everythingStaged())
        .extracting(StagedEntry::stagingKey)
        .containsExactlyInAnyOrderElementsOf(before);
  }

  private StageRequest exactly(int chunkIndex, long sizeBytes) {
    return StageRequest.exactly(upload, chunkIndex, sizeBytes, false);
  }

  private StageRequest atMost(int chunkIndex, long maxBytes) {
    return new StageRequest(upload, chunkIndex, -1, maxBytes, false);
  }

  private byte[] read(StagedBytes staged) throws IOException {
    return Bodies.drain(staging().open(staged.stagingKey(), 0, staged.digest().sizeBytes()));
  }

  private List<StagedEntry> stagedOfThisUpload() throws IOException {
    return everythingStaged().stream().filter(entry -> entry.uploadId().equals(upload)).toList();
  }

  private List<StagedEntry> everythingStaged() throws IOException {
    List<StagedEntry> entries = new ArrayList<>();
    staging().forEach(entries::add);
    return entries;
  }
}
