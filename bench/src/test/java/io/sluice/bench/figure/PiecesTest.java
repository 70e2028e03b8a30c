package io.sluice.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bench.load.SampleFile;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PiecesTest {

  @TempDir private Path directory;

  @Test
  void everyPieceHasItsRangeAndItsChecksum() throws Exception {
    try (SampleFile sample = SampleFile.create(directory.resolve("sample"), 1000)) {
      Pieces pieces = Pieces.of(sample, 300);

      assertThat(pieces.count()).isEqualTo(3);
      assertThat(pieces.range(2)).isEqualTo("bytes=600-899");
      assertThat(pieces.crc32c(2)).isEqualTo(crc32c(sample.bytes(600, 300)));
    }
  }

  @Test
  void theWholeIsOnePiece() throws Exception {
    try (SampleFile sample = SampleFile.create(directory.resolve("sample"), 1000)) {
      Pieces pieces = Pieces.whole(sample);

      assertThat(pieces.count()).isOne();
      assertThat(pieces.eachBytes()).isEqualTo(1000);
      assertThat(pieces.crc32c(0)).isEqualTo(crc32c(sample.bytes(0, 1000)));
    }
  }

  private static int crc32c(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
