package io.sluice.storage.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/// Buffers are lent to one user at a time, kept within a limit, and given back for good beyond it.
class DirectBuffersTest {

  private final DirectBuffers buffers = new DirectBuffers(100, 2);

  @Test
  void aBufferThatCameBackIsLentAgainCleared() {
    DirectBuffers.Lease first = buffers.lend();
    ByteBuffer buffer = first.buffer();
    assertThat(buffer.isDirect()).isTrue();
    buffer.position(50).limit(60);
    first.close();

    try (DirectBuffers.Lease second = buffers.lend()) {
      assertThat(second.buffer()).isSameAs(buffer);
      assertThat(second.buffer().remaining()).isEqualTo(100);
    }
  }

  @Test
  void twoUsersNeverGetTheSameBuffer() {
    try (DirectBuffers.Lease first = buffers.lend();
        DirectBuffers.Lease second = buffers.lend()) {
      assertThat(first.buffer()).isNotSameAs(second.buffer());
    }
  }

  @Test
  void givingBackTwiceTakesNothingFromTheNextUser() {
    DirectBuffers.Lease early = buffers.lend();
    early.close();
    try (DirectBuffers.Lease next = buffers.lend()) {
      early.close();

      assertThat(buffers.idleBuffers()).isZero();
      assertThat(next.buffer().capacity()).isEqualTo(100);
    }
    assertThatIllegalStateException().isThrownBy(early::buffer);
  }

  @Test
  void nobodyWaitsForABufferAndOnlyTheLimitIsKept() {
    DirectBuffers.Lease first = buffers.lend();
    DirectBuffers.Lease second = buffers.lend();
    DirectBuffers.Lease third = buffers.lend();
    ByteBuffer beyond = third.buffer();

    first.close();
    second.close();
    third.close();

    assertThat(buffers.idleBuffers()).isEqualTo(2);
    assertThatIllegalStateException().as("its memory is gone").isThrownBy(() -> beyond.get(0));
  }
}
