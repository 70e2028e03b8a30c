package io.sluice.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.storage.buffer.DirectBuffers;
import io.sluice.storage.contract.Bodies;
import io.sluice.storage.staging.BodyLengthException;
import io.sluice.storage.staging.StageRequest;
import io.sluice.storage.staging.StagingBody;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A channel read as a stream: the same bytes, and no end before the channel has come to its own.
class ChannelStreamTest {

  private static final int BUFFER = DirectBuffers.BUFFER_BYTES;

  @Test
  void theStreamHasTheBytesOfTheChannel() throws IOException {
    for (int size : new int[] {0, 1, BUFFER - 1, BUFFER, BUFFER + 1, 3 * BUFFER + 5}) {
      byte[] bytes = Bodies.bytes(size, size);
      ChannelStream stream = new ChannelStream(Bodies.inPieces(bytes, 7_777), size);

      assertThat(stream.readAllBytes()).isEqualTo(bytes);
      assertThat(stream.read()).isEqualTo(-1);
      stream.release();
    }
  }

  @Test
  void whatFitsTheBufferCanBeReadAgainAndNoMore() throws IOException {
    byte[] bytes = Bodies.bytes(1, BUFFER);
    ChannelStream stream = new ChannelStream(Bodies.of(bytes), bytes.length);
    assertThat(stream.fill()).isTrue();
    assertThat(stream.readNBytes(1000)).hasSize(1000);
    stream.rewind();
    assertThat(stream.readAllBytes()).isEqualTo(bytes);
    stream.release();

    ChannelStream longer = new ChannelStream(Bodies.of(Bodies.bytes(1, BUFFER + 1)), BUFFER + 1);
    longer.readNBytes(BUFFER + 1);
    assertThatThrownBy(longer::rewind).isInstanceOf(IOException.class);
    longer.release();
  }

  /// A client that reads no further than the length it announced would never learn that the body goes on.
  @Test
  void theLastBytesAreNotHandedOutBeforeTheBodyHasEnded() {
    byte[] tooLong = Bodies.bytes(2, 2 * BUFFER + 1);
    ReadableByteChannel body =
        new StagingBody(
            StageRequest.exactly(UUID.randomUUID(), 0, 2 * BUFFER, false), Bodies.of(tooLong));
    ChannelStream stream = new ChannelStream(body, 2 * BUFFER);

    assertThatThrownBy(() -> stream.readNBytes(2 * BUFFER)).isInstanceOf(BodyLengthException.class);
    stream.release();
  }

  @Test
  void afterAFailureNothingMoreComes() {
    ChannelStream stream = new ChannelStream(Bodies.breakingAfter(Bodies.bytes(3, 100)), 200);

    assertThatThrownBy(() -> stream.readNBytes(100)).isInstanceOf(IOException.class);
    assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
    stream.release();
  }
}
