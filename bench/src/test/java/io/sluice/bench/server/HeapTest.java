package io.sluice.bench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class HeapTest {

  @Test
  void allPoolsOfTheHeapCountAndNoOthers() throws IOException {
    String metrics =
        """
        # TYPE jvm_memory_used_bytes gauge
        jvm_memory_used_bytes{area="heap",id="Eden Space"} 1.048576E7
        jvm_memory_used_bytes{area="heap",id="Tenured Gen"} 512.0
        jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 9.9E7
        jvm_memory_max_bytes{area="heap",id="Tenured Gen"} 5.0E8
        """;

    assertThat(Heap.usedBytes(metrics)).isEqualTo(10_485_760 + 512);
  }

  @Test
  void aProcessWithoutThemIsNoResult() {
    assertThatThrownBy(() -> Heap.usedBytes("up 1\n")).isInstanceOf(IOException.class);
  }
}
