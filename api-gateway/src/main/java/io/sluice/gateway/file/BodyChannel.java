package io.sluice.gateway.file;

import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/// A request's body read straight into the caller's buffer, Servlet 6.1.
final class BodyChannel implements ReadableByteChannel {

  private final ServletInputStream body;

  BodyChannel(ServletInputStream body) {
    this.body = body;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int limit = target.limit();
    int read = body.read(target);
    if (read > 0) {
      // The server leaves the buffer ready to be drained; a channel leaves it ready for more.
      target.limit(limit).position(target.position() + read);
    }
    return read;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
