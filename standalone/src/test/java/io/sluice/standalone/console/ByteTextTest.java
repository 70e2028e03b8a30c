package io.sluice.standalone.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ByteTextTest {

  @Test
  void sizesAreInTheUnitThatFits() {
    assertThat(ByteText.size(0)).isEqualTo("0 bytes");
    assertThat(ByteText.size(1023)).isEqualTo("1023 bytes");
    assertThat(ByteText.size(256L << 20)).isEqualTo("256 MiB");
    assertThat(ByteText.size(3L << 29)).isEqualTo("1.5 GiB");
    assertThat(ByteText.size(5L << 40)).isEqualTo("5 TiB");
  }

  @Test
  void speedsAreMebibytesInASecond() {
    assertThat(ByteText.speed(256L << 20, Duration.ofMillis(500))).isEqualTo("512.0 MiB/s");
  }

  @Test
  void noTimeAtAllIsNoDivisionByZero() {
    assertThat(ByteText.speed(0, Duration.ZERO)).isEqualTo("0.0 MiB/s");
  }
}
