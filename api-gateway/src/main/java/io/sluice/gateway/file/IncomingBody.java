package io.sluice.gateway.file;

import io.sluice.gateway.content.ContentPolicy;
import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.checksum.RunningDigest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/// The body of a whole file, handed out in chunks: digested over all of them, held to the largest size,
/// and its first bytes kept so that its type can be told.
///
/// It reads one byte ahead between chunks, since only that tells whether there is another chunk.
final class IncomingBody implements ReadableByteChannel {

  private final ReadableByteChannel source;
  private final long maxBytes;
  private final RunningDigest digest = new RunningDigest(true);
  private final ByteBuffer head = ByteBuffer.allocate(ContentPolicy.HEAD_BYTES);
  private final ByteBuffer ahead = ByteBuffer.allocate(1).limit(0);
  private long leftInChunk;

  IncomingBody(ReadableByteChannel source, long maxBytes) {
    this.source = source;
    this.maxBytes = maxBytes;
  }

  /// The next chunk: this channel, ending after so many bytes or with the body.
  ReadableByteChannel chunk(long maxChunkBytes) {
    leftInChunk = maxChunkBytes;
    return this;
  }

  /// Whether the body has ended.
  boolean atEnd() throws IOException {
    if (ahead.hasRemaining()) {
      return false;
    }
    ahead.clear();
    int count = 0;
    try {
      while (count == 0) {
        count = source.read(ahead);
      }
    } finally {
      ahead.flip();
    }
    return count < 0;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (leftInChunk == 0) {
      return -1;
    }
    ByteBuffer window = target.duplicate();
    window.limit(target.position() + (int) Math.min(target.remaining(), leftInChunk));
    int start = window.position();
    int count;
    if (ahead.hasRemaining()) {
      window.put(ahead);
      count = window.position() - start;
    } else {
      count = source.read(window);
    }
    if (count <= 0) {
      return count;
    }
    take(window.duplicate().flip().position(start));
    leftInChunk -= count;
    target.position(start + count);
    return count;
  }

  private void take(ByteBuffer bytes) throws FileTooLargeException {
    digest.update(bytes);
    if (digest.sizeBytes() > maxBytes) {
      throw new FileTooLargeException(maxBytes);
    }
    int wanted = Math.min(head.remaining(), bytes.remaining());
    head.put(bytes.duplicate().limit(bytes.position() + wanted));
  }

  /// Bytes read so far, over all chunks.
  long sizeBytes() {
    return digest.sizeBytes();
  }

  /// The first bytes of the file, as many as tell its type.
  byte[] head() {
    return Arrays.copyOf(head.array(), head.position());
  }

  /// The digests of the whole file; once, at its end.
  ByteDigest finish() {
    return digest.finish();
  }

  @Override
  public boolean isOpen() {
    return source.isOpen();
  }

  @Override
  public void close() {}
}
