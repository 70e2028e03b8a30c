package io.sluice.gateway.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.model.chunk.ChunkPlan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ranges of a file whose chunks go through their checksums.
class CheckedBytesTest {

  /// A file of ten chunks of ten bytes but the last, which has four.
  private static final byte[] FILE = bytes(94, 1);

  private static final ChunkPlan PLAN = new ChunkPlan(FILE.length, 10, 10, 1);
  private static final int ALL = 10;

  /// What came of copying a range.
  ///
  /// @param wrongAt offset of the chunk that was found wrong; -1: it came to a clean end
  private record Copy(ByteBuffer sent, long wrongAt) {}

  private static byte[] bytes(int count, long seed) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static int crc32c(byte[] file, ChunkPlan plan, int chunk) {
    CRC32C crc = new CRC32C();
    crc.update(file, (int) plan.offsetOf(chunk), (int) plan.chunkLengthBytes(chunk));
    return (int) crc.getValue();
  }

  private static Copy copy(byte[] truth, byte[] stored, WidenedRange range, int bufferBytes)
      throws IOException {
    int from = Math.toIntExact(range.readFrom());
    int length = Math.toIntExact(range.readBytes());
    ReadableByteChannel source =
        Channels.newChannel(new ByteArrayInputStream(stored, from, length));
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    try (CheckedBytes checked =
        new CheckedBytes(range, chunk -> crc32c(truth, range.plan(), chunk), source)) {
      ByteBuffer buffer = ByteBuffer.allocate(bufferBytes);
      while (checked.read(buffer.clear()) >= 0) {
        sent.write(buffer.array(), 0, buffer.position());
      }
      assertThat(source.read(ByteBuffer.allocate(1))).as("all that was asked for").isEqualTo(-1);
      return new Copy(ByteBuffer.wrap(sent.toByteArray()), -1);
    } catch (WrongBytesException e) {
      return new Copy(ByteBuffer.wrap(sent.toByteArray()), e.offset());
    }
  }

  @ParameterizedTest
  @CsvSource({
    // first, last, and what is read for them
    "3, 5, 0, 10",
    "0, 9, 0, 10",
    "10, 10, 10, 10",
    "19, 20, 10, 20",
    "5, 34, 0, 40",
    "91, 93, 90, 4",
    "88, 93, 80, 14",
    "0, 93, 0, 94"
  })
  void aRangeIsWidenedToItsChunks(int first, int last, int from, int length) throws IOException {
    WidenedRange widened = new WidenedRange(PLAN, new ByteRange(first, last), ALL);

    assertThat(widened.readFrom()).isEqualTo(from);
    assertThat(widened.readBytes()).isEqualTo(length);
    assertThat(widened.checksAny()).isTrue();
    assertThat(copy(FILE, FILE, widened, 7).sent())
        .isEqualTo(ByteBuffer.wrap(FILE, first, last + 1 - first));
  }

  @Test
  void aChunkOfWhichTooMuchLiesOutsideIsNotReadWhole() {
    WidenedRange widened = new WidenedRange(PLAN, new ByteRange(4, 26), 3);

    assertThat(widened.share(0).checked()).as("4 bytes before the range").isFalse();
    assertThat(widened.share(1).checked()).as("all of it").isTrue();
    assertThat(widened.share(2).checked()).as("3 bytes after the range").isTrue();
    assertThat(widened.readFrom()).isEqualTo(4);
    assertThat(widened.readBytes()).isEqualTo(26);
    assertThat(new WidenedRange(PLAN, new ByteRange(4, 4), 8).checksAny()).isFalse();
    assertThat(new WidenedRange(PLAN, new ByteRange(4, 4), 9).checksAny()).isTrue();
  }

  @Test
  void aSourceThatEndsEarlyIsNoEnd() {
    WidenedRange widened = new WidenedRange(PLAN, new ByteRange(12, 15), ALL);
    CheckedBytes checked =
        new CheckedBytes(
            widened, chunk -> 0, Channels.newChannel(new ByteArrayInputStream(new byte[8])));

    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> {
          while (checked.read(ByteBuffer.allocate(2)) >= 0) {}
        });
  }

  @RepeatedTest(2000)
  void whatEndsCleanIsRight(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    byte[] truth = bytes(1 + random.nextInt(300), repetition.getCurrentRepetition());
    int chunkSize = 1 + random.nextInt(truth.length + 20);
    ChunkPlan plan =
        new ChunkPlan(truth.length, chunkSize, Math.ceilDiv(truth.length, chunkSize), 1);
    int first = random.nextInt(truth.length);
    int last = first + random.nextInt(truth.length - first);
    long most = random.nextBoolean() ? chunkSize : random.nextInt(chunkSize + 1);
    int flipped = random.nextInt(truth.length);
    byte[] stored = truth.clone();
    stored[flipped] ^= (byte) (1 << random.nextInt(8));
    ByteBuffer wanted = ByteBuffer.wrap(truth, first, last + 1 - first);
    WidenedRange widened = new WidenedRange(plan, new ByteRange(first, last), most);
    int bufferBytes = 1 + random.nextInt(64);

    assertThat(copy(truth, truth, widened, bufferBytes))
        .satisfies(clean -> {
          assertThat(clean.wrongAt()).isEqualTo(-1);
          assertThat(clean.sent()).isEqualTo(wanted);
        });

    Copy copy = copy(truth, stored, widened, bufferBytes);
    int chunk = flipped / chunkSize;
    if (isChecked(plan, chunk, first, last, most)) {
      assertThat(copy.wrongAt()).isEqualTo(plan.offsetOf(chunk));
      long shareEnd = Math.min(last + 1, plan.offsetOf(chunk) + plan.chunkLengthBytes(chunk));
      assertThat((long) copy.sent().remaining())
          .as("the end of the share is kept back")
          .isLessThan(shareEnd - first);
    } else {
      assertThat(copy.wrongAt()).isEqualTo(-1);
      assertThat(copy.sent()).isEqualTo(ByteBuffer.wrap(stored, first, last + 1 - first));
    }
  }

  /// Byte by byte.
  private static boolean isChecked(ChunkPlan plan, int chunk, int first, int last, long most) {
    long inside = 0;
    long outside = 0;
    for (int offset = 0; offset < plan.fileSizeBytes(); offset++) {
      if (offset / plan.chunkSizeBytes() == chunk) {
        if (offset >= first && offset <= last) {
          inside++;
        } else {
          outside++;
        }
      }
    }
    return inside > 0 && outside <= most;
  }
}
