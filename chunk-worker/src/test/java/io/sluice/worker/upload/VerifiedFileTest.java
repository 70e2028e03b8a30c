package io.sluice.worker.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.storage.checksum.ByteDigest;
import org.junit.jupiter.api.Test;

class VerifiedFileTest {

  private static final String SHA256 = "0123456789abcdef".repeat(4);

  @Test
  void aTagIsMadeOfTheSha256WhereThereIsOne() {
    VerifiedFile file = VerifiedFile.of(new ByteDigest(10, 1, 2, SHA256));

    assertThat(file.etag()).isEqualTo("\"0123456789abcdef0123456789abcdef\"");
    assertThat(file.sha256()).isEqualTo(SHA256);
    assertThat(file.crc32c()).isEqualTo(1);
  }

  @Test
  void elseOfTheChecksumAndTheLength() {
    VerifiedFile file = VerifiedFile.of(new ByteDigest(4096, 0xfedcba98, 2, null));

    assertThat(file.etag()).isEqualTo("\"fedcba98-1000\"");
    assertThat(file.sha256()).isNull();
  }

  @Test
  void filesThatDifferHaveOtherTags() {
    assertThat(VerifiedFile.of(new ByteDigest(10, 1, 2, null)).etag())
        .isNotEqualTo(VerifiedFile.of(new ByteDigest(11, 1, 2, null)).etag())
        .isNotEqualTo(VerifiedFile.of(new ByteDigest(10, 3, 2, null)).etag());
  }
}
