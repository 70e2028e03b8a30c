package io.sluice.acceptance.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads the body of a request, as it came over the wire, so that it can be sent any number of times.
final class HttpBody {

  private HttpBody() {}

  static byte[] read(HttpHead head, InputStream stream) throws IOException {
    Optional<String> length = head.header("Content-Length");
    if (length.isPresent()) {
      int size = Integer.parseInt(length.get());
      byte[] body = stream.readNBytes(size);
      if (body.length < size) {
        throw new EOFException("body cut short");
      }
      return body;
    }
    return head.header("Transfer-Encoding").isPresent() ? readChunked(stream) : new byte[0];
  }

  private static byte[] readChunked(InputStream stream) throws IOException {
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    long size;
    do {
      String line = readLine(stream, raw);
      size = Long.parseLong(line.split(";", 2)[0].strip(), 16);
      raw.write(stream.readNBytes(Math.toIntExact(size)));
      String end = readLine(stream, raw);
      // After the last chunk come trailers, up to an empty line.
      while (size == 0 && !end.isEmpty()) {
        end = readLine(stream, raw);
      }
    } while (size > 0);
    return raw.toByteArray();
  }

  private static String readLine(InputStream stream, ByteArrayOutputStream raw) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = stream.read(); next != '\n'; next = stream.read()) {
      if (next < 0) {
        throw new EOFException("chunk cut short");
      }
      raw.write(next);
      line.write(next);
    }
    raw.write('\n');
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }
}
