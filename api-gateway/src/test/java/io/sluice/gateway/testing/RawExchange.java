package io.sluice.gateway.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A conversation over a bare socket, for what HTTP libraries are too polite to send.
public final class RawExchange implements AutoCloseable {

  private final Socket socket;

  public RawExchange(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(15_000);
      socket.setTcpNoDelay(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends text as it stands; lines are separated by a line feed and leave with CR LF.
  public RawExchange send(String text) {
    return send(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawExchange send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends a little again and again, from a thread of its own, until the server has had enough.
  ///
  /// The slow client is the subject here, so this pause is no wait for anything: without it the bytes would not trickle.
  ///
  /// @return ends when it is interrupted
  public Thread trickle() {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            for (int i = 0; i < 100; i++) {
              send(new byte[100]);
              Thread.sleep(Duration.ofMillis(100));
            }
          } catch (UncheckedIOException | InterruptedException refused) {
            // What the server answered is for the test to read.
          }
        });
  }

  /// Ends the client's half of the connection.
  public RawExchange finish() {
    try {
      socket.shutdownOutput();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One response: headers, and as much body as they announce.
  public String response() {
    try {
      InputStream in = socket.getInputStream();
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      while (!read.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        int value = in.read();
        if (value < 0) {
          return read.toString(StandardCharsets.ISO_8859_1);
        }
        read.write(value);
      }
      read.write(in.readNBytes(contentLength(read.toString(StandardCharsets.ISO_8859_1))));
      return read.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int contentLength(String headers) {
    for (String line : headers.lines().toList()) {
      if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
        return Integer.parseInt(line.substring(15).strip());
      }
    }
    return 0;
  }

  /// Cuts the connection.
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
