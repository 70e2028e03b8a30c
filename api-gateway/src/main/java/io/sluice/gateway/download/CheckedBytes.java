package io.sluice.gateway.download;

import io.sluice.gateway.download.WidenedRange.Share;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.function.IntUnaryOperator;
import java.util.zip.CRC32C;

/// Gives out a range while the chunks it touches go through their CRC32C. Of each checked chunk the read
/// that would hand out its last bytes throws if the chunk is wrong, so whoever copies the range cannot come
/// to a clean end with wrong bytes. Holds no chunk: what is not of the range is digested and dropped.
final class CheckedBytes implements ReadableByteChannel {

  private static final int DROPPED_AT_ONCE_BYTES = 64 << 10;

  private final WidenedRange widened;
  private final IntUnaryOperator crc32cs;
  private final ReadableByteChannel source;
  private final CRC32C crc = new CRC32C();
  private Share share;
  private int chunk;
  private long left;
  private boolean begun;

  /// @param crc32cs of the chunks that are checked, by index
  /// @param source the bytes of the widened range
  CheckedBytes(WidenedRange widened, IntUnaryOperator crc32cs, ReadableByteChannel source) {
    this.widened = widened;
    this.crc32cs = crc32cs;
    this.source = source;
    this.chunk = widened.firstChunk();
    this.share = widened.share(chunk);
    this.left = share.lengthBytes();
  }

  /// Reads what comes next.
  ///
  /// @throws WrongBytesException a chunk is not what it was
  @Override
  public int read(ByteBuffer target) throws IOException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
    if (left == 0) {
      if (chunk == widened.lastChunk()) {
        return -1;
      }
      share = widened.share(++chunk);
      left = share.lengthBytes();
      begun = false;
    }
    if (!begun) {
      begun = true;
      crc.reset();
      drop(share.beforeBytes());
    }
    int count = take(target, left);
    left -= count;
    if (left == 0 && share.checked()) {
      drop(share.afterBytes());
      compare();
    }
    return count;
  }

  private void compare() throws WrongBytesException {
    if ((int) crc.getValue() != crc32cs.applyAsInt(chunk)) {
      throw new WrongBytesException(
          widened.plan().offsetOf(chunk), widened.plan().chunkLengthBytes(chunk));
    }
  }

  private void drop(long bytes) throws IOException {
    if (bytes == 0) {
      return;
    }
    ByteBuffer dropped = ByteBuffer.allocate((int) Math.min(DROPPED_AT_ONCE_BYTES, bytes));
    long rest = bytes;
    while (rest > 0) {
      rest -= take(dropped.clear(), rest);
    }
  }

  /// Reads once, at most so many bytes, and digests them.
  private int take(ByteBuffer target, long most) throws IOException {
    int begin = target.position();
    int limit = target.limit();
    target.limit(begin + (int) Math.min(target.remaining(), most));
    try {
      int count = source.read(target);
      if (count < 0) {
        throw new EOFException("the store ended a range early");
      }
      crc.update(target.duplicate().flip().position(begin));
      return count;
    } finally {
      target.limit(limit);
    }
  }

  @Override
  public boolean isOpen() {
    return source.isOpen();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
