package io.sluice.queue.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.queue.backlog.ShareOffsets.Position;
import java.util.Optional;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShareOffsetsTest {

  @Test
  void beforeTheFirstAcknowledgementEverythingWaits() {
    assertThat(ShareOffsets.position(3, 10, null)).isEqualTo(new Position(3, 7, 10));
  }

  @Test
  void kafkasOwnLagCountsWithoutTheAcknowledgedOnesInBetween() {
    assertThat(ShareOffsets.position(0, 10, share(4, 2L))).isEqualTo(new Position(4, 2, 10));
  }

  @Test
  void withoutALagTheDistanceCounts() {
    assertThat(ShareOffsets.position(0, 10, share(4, null))).isEqualTo(new Position(4, 6, 10));
    assertThat(ShareOffsets.position(0, 10, share(4, -1L))).isEqualTo(new Position(4, 6, 10));
    assertThat(ShareOffsets.position(0, 10, share(10, 0L))).isEqualTo(new Position(10, 0, 10));
  }

  @Test
  void aPositionOutsideTheLogIsNone() {
    assertThat(ShareOffsets.position(5, 10, share(-1, null))).isEqualTo(new Position(5, 5, 10));
    assertThat(ShareOffsets.position(5, 10, share(2, 8L))).isEqualTo(new Position(5, 5, 10));
    assertThat(ShareOffsets.position(0, 10, share(99, 0L))).isEqualTo(new Position(0, 10, 10));
  }

  private static SharePartitionOffsetInfo share(long startOffset, @Nullable Long lag) {
    return new SharePartitionOffsetInfo(startOffset, Optional.of(0), Optional.ofNullable(lag));
  }
}
