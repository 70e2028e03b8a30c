package io.sluice.storage.s3;

import io.sluice.storage.buffer.DirectBuffers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Objects;

/// A channel as the stream that the S3 client wants, through one lent buffer: the client reads 4 KiB at
/// a time, and each of its reads would be a system call otherwise.
///
/// The last bytes are handed out only when the channel has come to its end: a client that has got the
/// length it announced reads no further, and would never learn what a check at the end has to say.
///
/// As long as the channel has not been read past the first buffer, the stream can begin again.
final class ChannelStream extends InputStream implements ReadableByteChannel {

  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

  private final ReadableByteChannel source;
  private final DirectBuffers.Lease lease = DirectBuffers.shared().lend();
  private final long sizeBytes;
  private ByteBuffer ready = EMPTY;
  private long bytesRead;
  private int buffersFilled;
  private boolean more = true;

  /// A stream of a channel.
  ///
  /// @param sizeBytes what the channel should hold, or -1 if that is not known
  ChannelStream(ReadableByteChannel source, long sizeBytes) {
    this.source = source;
    this.sizeBytes = sizeBytes;
  }

  /// Reads ahead as much as the buffer holds.
  ///
  /// @return whether that was everything
  boolean fill() throws IOException {
    ByteBuffer into = lease.buffer().clear();
    ready = EMPTY;
    buffersFilled++;
    while (more && into.hasRemaining()) {
      more = source.read(into) >= 0;
    }
    bytesRead += into.position();
    if (more && bytesRead == sizeBytes) {
      more = source.read(ByteBuffer.allocate(1)) >= 0;
    }
    ready = into.flip();
    return !more;
  }

  /// Back to the first byte, for a request that is sent again.
  ///
  /// @throws IOException what came first is gone
  void rewind() throws IOException {
    if (buffersFilled > 1) {
      throw new IOException("the body cannot be sent again");
    }
    ready.rewind();
  }

  @Override
  public int read() throws IOException {
    return refill() ? Byte.toUnsignedInt(ready.get()) : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!refill()) {
      return -1;
    }
    int count = Math.min(length, ready.remaining());
    ready.get(into, offset, count);
    return count;
  }

  private boolean refill() throws IOException {
    if (!ready.hasRemaining() && more) {
      fill();
    }
    return ready.hasRemaining();
  }

  /// The same bytes for whoever wants them in buffers.
  @Override
  public int read(ByteBuffer into) throws IOException {
    if (ready.hasRemaining()) {
      int count = Math.min(ready.remaining(), into.remaining());
      into.put(into.position(), ready, ready.position(), count);
      into.position(into.position() + count);
      ready.position(ready.position() + count);
      return count;
    }
    return more ? source.read(into) : -1;
  }

  @Override
  public boolean isOpen() {
    return source.isOpen();
  }

  /// Leaves the channel open and ends nothing: the client closes and begins again as it likes.
  @Override
  public void close() {}

  /// Gives the buffer back.
  void release() {
    lease.close();
  }
}
