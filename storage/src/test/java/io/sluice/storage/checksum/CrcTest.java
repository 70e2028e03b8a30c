package io.sluice.storage.checksum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sluice.storage.contract.Bodies;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// Combined checks are the checks of the joined bytes.
class CrcTest {

  @RepeatedTest(200)
  void twoRunsCombineToTheCheckOfBoth() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    byte[] all = Bodies.bytes(seed, random.nextInt(100_000));
    int cut = random.nextInt(all.length + 1);
    byte[] first = Arrays.copyOf(all, cut);
    byte[] second = Arrays.copyOfRange(all, cut, all.length);

    assertThat(Crc.CRC32C.combine(Bodies.crc32c(first), Bodies.crc32c(second), second.length))
        .as("seed %d", seed)
        .isEqualTo(Bodies.crc32c(all));
    assertThat(Crc.CRC32.combine(Bodies.crc32(first), Bodies.crc32(second), second.length))
        .as("seed %d", seed)
        .isEqualTo(Bodies.crc32(all));
  }

  @Test
  void manyRunsCombineInWhateverGroups() {
    byte[] all = Bodies.bytes(42, 1_000_000);
    ByteDigest oneByOne = ByteDigest.EMPTY;
    ByteDigest inPairs = ByteDigest.EMPTY;
    for (int at = 0; at < all.length; at += 20_000) {
      ByteDigest left = digest(all, at, 10_000);
      ByteDigest right = digest(all, at + 10_000, 10_000);
      oneByOne = oneByOne.then(left).then(right);
      inPairs = inPairs.then(left.then(right));
    }

    assertThat(oneByOne).isEqualTo(inPairs).isEqualTo(digest(all, 0, all.length));
  }

  @Test
  void lengthsBeyondAnIntCombineToo() {
    long length = 5L << 40;
    int zeros = crcOfZeros(new CRC32C(), 1 << 20);
    int doubled = zeros;
    for (long size = 1 << 20; size < length / 2; size *= 2) {
      doubled = Crc.CRC32C.combine(doubled, doubled, size);
    }

    // 4 TiB by doubling, then 1 TiB more in two ways.
    int tebi = Crc.CRC32C.combine(zeros, 0, 0);
    for (long size = 1 << 20; size < 1L << 40; size *= 2) {
      tebi = Crc.CRC32C.combine(tebi, tebi, size);
    }
    assertThat(Crc.CRC32C.combine(doubled, tebi, 1L << 40))
        .isEqualTo(Crc.CRC32C.combine(tebi, doubled, 4L << 40));
  }

  @Test
  void anEmptyRunChangesNothing() {
    int crc = Bodies.crc32c(Bodies.bytes(1, 999));

    assertThat(Crc.CRC32C.combine(crc, 0, 0)).isEqualTo(crc);
    assertThat(Crc.CRC32C.combine(0, crc, 999)).isEqualTo(crc);
    assertThatIllegalArgumentException().isThrownBy(() -> Crc.CRC32C.combine(1, 1, -1));
  }

  @Test
  void theKnownAnswersOfTheStandardsComeOut() {
    byte[] digits = "123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    ByteDigest split = digest(digits, 0, 4).then(digest(digits, 4, 5));

    assertThat(split.crc32c()).isEqualTo(0xE3069283);
    assertThat(split.crc32()).isEqualTo(0xCBF43926);
    assertThat(crcOfZeros(new CRC32(), 4)).isEqualTo(0x2144DF1C);
  }

  private static int crcOfZeros(Checksum crc, int count) {
    crc.update(new byte[count]);
    return (int) crc.getValue();
  }

  private static ByteDigest digest(byte[] bytes, int offset, int length) {
    RunningDigest digest = new RunningDigest(false);
    digest.update(ByteBuffer.wrap(bytes, offset, length));
    return digest.finish();
  }
}
