package io.sluice.acceptance.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sluice.acceptance.digest.Digest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FileBytesTest {

  private static final FileBytes FILE = new FileBytes(7, 1001);

  @Test
  void everyRangeIsThePieceOfTheWhole() throws Exception {
    byte[] whole = FILE.range(0, 1001).readAllBytes();

    for (int offset = 0; offset < 1001; offset += 13) {
      byte[] piece = FILE.range(offset, 1001 - offset).readAllBytes();
      assertThat(piece).isEqualTo(Arrays.copyOfRange(whole, offset, 1001));
    }
    assertThat(FILE.digest()).isEqualTo(Digest.of(whole));
  }

  @Test
  void readingByteByByteGivesTheSame() throws Exception {
    byte[] whole = FILE.range(0, 1001).readAllBytes();
    try (var range = FILE.range(0, 1001)) {
      for (byte expected : whole) {
        assertThat((byte) range.read()).isEqualTo(expected);
      }
      assertThat(range.read()).isEqualTo(-1);
    }
  }

  @Test
  void anotherSeedGivesOtherBytes() {
    assertThat(new FileBytes(8, 1001).digest()).isNotEqualTo(FILE.digest());
  }

  @Test
  void aRangeOutsideIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> FILE.range(1000, 2));
  }
}
