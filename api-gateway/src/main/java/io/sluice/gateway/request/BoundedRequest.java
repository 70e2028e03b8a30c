package io.sluice.gateway.request;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/// A request whose body throws once it goes on past a bound.
final class BoundedRequest extends HttpServletRequestWrapper {

  private final long maxBytes;

  BoundedRequest(HttpServletRequest request, long maxBytes) {
    super(request);
    this.maxBytes = maxBytes;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (getContentLengthLong() > maxBytes) {
      throw new BodyTooLargeException(maxBytes);
    }
    return new BoundedStream(super.getInputStream(), maxBytes);
  }

  private static final class BoundedStream extends ServletInputStream {

    private final ServletInputStream body;
    private final long maxBytes;
    private long readBytes;

    BoundedStream(ServletInputStream body, long maxBytes) {
      this.body = body;
      this.maxBytes = maxBytes;
    }

    @Override
    public int read() throws IOException {
      int value = body.read();
      count(value < 0 ? -1 : 1);
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return count(body.read(target, offset, length));
    }

    private int count(int read) throws BodyTooLargeException {
      readBytes += Math.max(0, read);
      if (readBytes > maxBytes) {
        throw new BodyTooLargeException(maxBytes);
      }
      return read;
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }
  }
}
