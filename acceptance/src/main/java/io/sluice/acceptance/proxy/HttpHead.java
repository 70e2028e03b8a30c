package io.sluice.acceptance.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The first lines of an HTTP/1.1 message, as they came.
///
/// @param startLine request or status line
/// @param headers each as `Name: value`
record HttpHead(String startLine, List<String> headers) {

  private static final int LONGEST_BYTES = 64 * 1024;

  HttpHead {
    headers = List.copyOf(headers);
  }

  /// Reads a head; empty if the connection ended before it began.
  static Optional<HttpHead> read(InputStream stream) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int newlines = 0;
    while (newlines < 2) {
      int next = stream.read();
      if (next < 0) {
        if (bytes.size() == 0) {
          return Optional.empty();
        }
        throw new EOFException("head cut short");
      }
      bytes.write(next);
      if (bytes.size() > LONGEST_BYTES) {
        throw new IOException("head too long");
      }
      newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
    }
    String[] lines = bytes.toString(StandardCharsets.ISO_8859_1).split("\r?\n");
    return Optional.of(new HttpHead(lines[0], List.of(lines).subList(1, lines.length)));
  }

  /// A header's value.
  Optional<String> header(String name) {
    String prefix = name.toLowerCase(Locale.ROOT) + ":";
    return headers.stream()
        .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(prefix))
        .map(header -> header.substring(prefix.length()).strip())
        .findFirst();
  }

  /// The same with a header set, or taken away.
  HttpHead with(String name, Optional<String> value) {
    String prefix = name.toLowerCase(Locale.ROOT) + ":";
    List<String> changed = new ArrayList<>(headers);
    changed.removeIf(header -> header.toLowerCase(Locale.ROOT).startsWith(prefix));
    value.ifPresent(text -> changed.add(name + ": " + text));
    return new HttpHead(startLine, changed);
  }

  /// As it goes over the wire.
  byte[] bytes() {
    return (startLine + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
