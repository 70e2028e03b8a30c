package io.sluice.bench.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/// Reads answers from a connection, one after the other.
final class AnswerReader {

  private static final int BUFFER_BYTES = 256 << 10;
  private static final int KEPT_BYTES = 8 << 10;
  private static final int LINE_BYTES = 16 << 10;

  private final ReadableByteChannel channel;
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES).flip();

  AnswerReader(ReadableByteChannel channel) {
    this.channel = channel;
  }

  Answer read(boolean withoutBody) throws IOException {
    int status;
    Map<String, String> headers;
    do {
      status = Integer.parseInt(line().split(" ", 3)[1]);
      headers = headers();
    } while (status < 200);
    Content content = new Content();
    if (!withoutBody && status != 204 && status != 304) {
      readBody(headers, content);
    }
    return new Answer(status, headers, content.start(), content.sizeBytes, content.crc());
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private void readBody(Map<String, String> headers, Content content) throws IOException {
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      for (long size = chunkSize(); size > 0; size = chunkSize()) {
        take(size, content);
        line();
      }
      headers();
    } else {
      take(Long.parseLong(headers.getOrDefault("content-length", "0")), content);
    }
  }

  private long chunkSize() throws IOException {
    return Long.parseLong(line().split(";", 2)[0].strip(), 16);
  }

  private void take(long sizeBytes, Content content) throws IOException {
    long left = sizeBytes;
    while (left > 0) {
      fillIfEmpty();
      int now = (int) Math.min(left, in.remaining());
      content.add(in.slice(in.position(), now));
      in.position(in.position() + now);
      left -= now;
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(80);
    while (true) {
      fillIfEmpty();
      char next = (char) (in.get() & 0xff);
      if (next == '\n') {
        return line.toString();
      }
      if (next != '\r') {
        line.append(next);
      }
      if (line.length() > LINE_BYTES) {
        throw new IOException("a line of more than " + LINE_BYTES + " bytes");
      }
    }
  }

  private void fillIfEmpty() throws IOException {
    if (!in.hasRemaining()) {
      in.clear();
      int read = channel.read(in);
      in.flip();
      if (read < 0) {
        throw new EOFException("the server closed the connection within an answer");
      }
    }
  }

  private static final class Content {
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer kept = ByteBuffer.allocate(KEPT_BYTES);
    private long sizeBytes;

    void add(ByteBuffer bytes) {
      sizeBytes += bytes.remaining();
      ByteBuffer beginning = bytes.duplicate();
      beginning.limit(Math.min(beginning.limit(), beginning.position() + kept.remaining()));
      kept.put(beginning);
      crc.update(bytes);
    }

    byte[] start() {
      return Arrays.copyOf(kept.array(), kept.position());
    }

    int crc() {
      return (int) crc.getValue();
    }
  }
}
