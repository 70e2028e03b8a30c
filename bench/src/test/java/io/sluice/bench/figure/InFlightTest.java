package io.sluice.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InFlightTest {

  private static final long MEBIBYTE = 1 << 20;

  @Test
  void allUploadsStayOpenWhileTheBytesAreBounded() {
    InFlight many = inFlight(200, 5 << 10, 2 << 10);

    assertThat(many.operations()).isEqualTo(256);
    assertThat(many.chunk(199)).isZero();
    assertThat(many.chunk(200)).isOne();
    assertThat(many.chunkBytes(1)).isEqualTo(8 * MEBIBYTE);
    assertThat(many.name()).isEqualTo("200 × 5,120 MiB");
  }

  @Test
  void noChunkIsSentTwiceOrPastTheEnd() {
    InFlight few = inFlight(10, 50, 2 << 10);

    assertThat(few.operations()).isEqualTo(70);
    Set<String> sent = new HashSet<>();
    long bytes = 0;
    for (long operation = 0; operation < few.operations(); operation++) {
      assertThat(sent.add(operation % 10 + "/" + few.chunk(operation))).isTrue();
      bytes += few.chunkBytes(few.chunk(operation));
    }
    assertThat(bytes).isEqualTo(500 * MEBIBYTE);
  }

  @SuppressWarnings("NullAway") // Neither is asked for what it has.
  private static InFlight inFlight(int uploads, long fileMebibytes, long mostMebibytes) {
    return new InFlight(null, null, uploads, fileMebibytes * MEBIBYTE, mostMebibytes * MEBIBYTE);
  }
}
