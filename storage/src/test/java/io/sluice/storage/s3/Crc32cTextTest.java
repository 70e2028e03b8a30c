package io.sluice.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.storage.contract.Bodies;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.ChecksumType;

/// CRC32C in S3's letters.
class Crc32cTextTest {

  @Test
  void theKnownAnswerComesOutAndBack() {
    int crc = Bodies.crc32c("123456789".getBytes(StandardCharsets.US_ASCII));

    assertThat(Crc32cText.of(crc)).isEqualTo("4waSgw==");
    assertThat(Crc32cText.parse("4waSgw==", ChecksumType.FULL_OBJECT)).hasValue(crc);
    assertThat(Crc32cText.parse("4waSgw==", null)).hasValue(crc);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4waSgw==-2", "", "not base64!", "4waSgwAA"})
  void whatIsNotTheCheckOfAWholeObjectIsNone(String text) {
    assertThat(Crc32cText.parse(text, null)).isEmpty();
  }

  @Test
  void aCheckOfChecksIsNone() {
    assertThat(Crc32cText.parse("4waSgw==", ChecksumType.COMPOSITE)).isEmpty();
    assertThat(Crc32cText.parse(null, null)).isEmpty();
  }
}
