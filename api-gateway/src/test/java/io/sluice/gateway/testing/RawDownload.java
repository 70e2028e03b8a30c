package io.sluice.gateway.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/// A download over a bare socket that takes its bytes at the pace the test wants, and sees how they end.
public final class RawDownload implements AutoCloseable {

  /// Small, so that what is not taken soon holds the sender up.
  private static final int RECEIVE_BUFFER_BYTES = 16 << 10;

  private final Socket socket;
  private final InputStream in;
  private final String head;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  /// Asks, and reads the answer's head.
  ///
  /// @param headers lines, each without its end
  public RawDownload(int port, String path, String... headers) {
    try {
      socket = new Socket();
      socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
      socket.setSoTimeout(30_000);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: x\r\nX-API-Key: ann-key\r\n" + lines + "\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      in = socket.getInputStream();
      head = readHead();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String readHead() throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    while (!read.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int value = in.read();
      if (value < 0) {
        break;
      }
      read.write(value);
    }
    return read.toString(StandardCharsets.ISO_8859_1);
  }

  /// Status line and headers.
  public String head() {
    return head;
  }

  /// What `Content-Length` says.
  public long announcedBytes() {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, "Content-Length:", 0, 15))
        .map(line -> Long.parseLong(line.substring(15).strip()))
        .findFirst()
        .orElseThrow();
  }

  /// Takes some bytes.
  ///
  /// @return whether they came
  public boolean take(int bytes) {
    try {
      byte[] taken = in.readNBytes(bytes);
      body.write(taken);
      return taken.length == bytes;
    } catch (SocketException cut) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Takes what comes until the announced end or until the connection ends.
  ///
  /// @return all bytes of the body that came
  public byte[] takeRest() {
    byte[] piece = new byte[64 << 10];
    try {
      while (body.size() < announcedBytes()) {
        int count = in.read(piece, 0, (int) Math.min(piece.length, announcedBytes() - body.size()));
        if (count < 0) {
          break;
        }
        body.write(piece, 0, count);
      }
    } catch (SocketException reset) {
      // A cut connection may end so too; one that hangs is not cut.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return body.toByteArray();
  }

  /// Whether the other side has given the connection up, seen without taking what it sent before.
  public boolean isCut() {
    try {
      socket.getOutputStream().write('\n');
      return false;
    } catch (IOException cut) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
