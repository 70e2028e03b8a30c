package io.sluice.gateway.download;

import io.sluice.gateway.body.Bodies;
import io.sluice.gateway.body.Pace;
import io.sluice.metadata.upload.Upload;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.springframework.stereotype.Component;

/// Sends runs of bytes to a client with as few copies as the place they lie in allows.
@Component
final class BodyWriter {

  private static final int BUFFER_BYTES = 256 << 10;
  private static final int SENDFILE_FROM_BYTES = 64 << 10;

  private final FileContents contents;
  private final Bodies bodies;

  BodyWriter(FileContents contents, Bodies bodies) {
    this.contents = contents;
    this.bodies = bodies;
  }

  /// Sends one range as the whole body, through the kernel where the server and the place allow it. What
  /// cannot be opened throws before anything is sent.
  void sendOnly(
      HttpServletRequest request, HttpServletResponse response, Upload upload, ByteRange range)
      throws IOException {
    Run first = contents.open(upload, range.first(), range.lengthBytes());
    response.setContentLengthLong(range.lengthBytes());
    if (first instanceof Run.OfFile file
        && file.settled()
        && file.lengthBytes() == range.lengthBytes()
        && file.lengthBytes() >= SENDFILE_FROM_BYTES
        && Boolean.TRUE.equals(request.getAttribute("org.apache.tomcat.sendfile.support"))) {
      file.close();
      request.setAttribute(
          "org.apache.tomcat.sendfile.filename", file.path().toAbsolutePath().toString());
      request.setAttribute("org.apache.tomcat.sendfile.start", file.offset());
      request.setAttribute("org.apache.tomcat.sendfile.end", file.offset() + file.lengthBytes());
      return;
    }
    write(response.getOutputStream(), upload, range, first);
  }

  /// Sends one range as a piece of a longer body.
  void send(ServletOutputStream out, Upload upload, ByteRange range) throws IOException {
    write(out, upload, range, contents.open(upload, range.first(), range.lengthBytes()));
  }

  private void write(ServletOutputStream out, Upload upload, ByteRange range, Run first)
      throws IOException {
    ByteBuffer buffer =
        ByteBuffer.allocateDirect((int) Math.min(BUFFER_BYTES, range.lengthBytes()));
    Pace pace = bodies.pace();
    long offset = range.first();
    Run run = first;
    while (true) {
      try (Run open = run) {
        copy(open, buffer, out, pace, offset - range.first());
        offset += open.lengthBytes();
      }
      if (offset > range.last()) {
        return;
      }
      run = contents.open(upload, offset, range.last() - offset + 1);
    }
  }

  private static void copy(
      Run run, ByteBuffer buffer, ServletOutputStream out, Pace pace, long sentBefore)
      throws IOException {
    long left = run.lengthBytes();
    while (left > 0) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), left));
      while (buffer.hasRemaining()) {
        if (run.channel().read(buffer) < 0) {
          throw new EOFException("a file is shorter than its row says");
        }
      }
      buffer.flip();
      left -= buffer.remaining();
      out.write(buffer);
      pace.check(sentBefore + run.lengthBytes() - left);
    }
  }
}
