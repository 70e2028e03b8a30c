package io.sluice.gateway.body;

import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/// A request's body, read from the server's buffer straight into the caller's (Servlet 6.1), counted, and
/// cut off where it trickles: a sender must not hold its place in the queue for ever.
public final class RequestBody implements ReadableByteChannel {

  private final ServletInputStream body;
  private final Pace pace;
  private ByteBuffer head = ByteBuffer.allocate(0);
  private long readBytes;

  RequestBody(ServletInputStream body, Pace pace) {
    this.body = body;
    this.pace = pace;
  }

  /// @throws SocketTimeoutException nothing came for too long, or too little altogether
  @Override
  public int read(ByteBuffer target) throws IOException {
    int limit = target.limit();
    int read = body.read(target);
    if (read > 0) {
      // The servlet API leaves the buffer ready to be drained; a channel leaves it ready for more.
      target.limit(limit).position(target.position() + read);
      readBytes += read;
      remember(target.duplicate().flip().position(target.position() - read));
      pace.check(readBytes);
    }
    return read;
  }

  private void remember(ByteBuffer bytes) {
    if (head.hasRemaining()) {
      head.put(bytes.limit(bytes.position() + Math.min(head.remaining(), bytes.remaining())));
    }
  }

  /// Has the first bytes kept, to be looked at later.
  public void keepHead(int bytes) {
    head = ByteBuffer.allocate(bytes);
  }

  /// The first bytes, as many as were to be kept or as came.
  public byte[] head() {
    return Arrays.copyOf(head.array(), head.position());
  }

  /// How many bytes came.
  public long readBytes() {
    return readBytes;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  /// Leaves the body open: it belongs to the server.
  @Override
  public void close() {}
}
