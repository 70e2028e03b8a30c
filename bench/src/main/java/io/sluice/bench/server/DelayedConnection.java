package io.sluice.bench.server;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/// One connection of a client through the proxy.
///
/// It reads no more HTTP than it must: what a client sends after an answer begins a request, and the first bytes of a
/// request are its method. So it knows no lengths, and bodies go through as they come.
final class DelayedConnection implements Closeable {

  private static final int BUFFER_BYTES = 64 << 10;
  private static final byte[] PUT = "PUT ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] GO_ON = "HTTP/1.1 100".getBytes(StandardCharsets.US_ASCII);

  private final Socket client;
  private final Socket server;
  private final Duration delay;
  private final Gate gate;
  private volatile boolean answered = true;
  private volatile boolean put;

  /// What PUTs may have to wait for before they go on.
  interface Gate {
    void pass() throws InterruptedException;
  }

  DelayedConnection(Socket client, Socket server, Duration delay, Gate gate) throws IOException {
    this.client = client;
    this.server = server;
    this.delay = delay;
    this.gate = gate;
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
  }

  /// Passes on what comes from both ends until one of them ends it.
  void relay() throws IOException, InterruptedException {
    Thread answers = Thread.ofVirtual().start(this::passAnswers);
    try {
      pass(client, server, this::beforeRequest);
    } finally {
      close();
      answers.join();
    }
  }

  private void passAnswers() {
    try {
      pass(server, client, this::beforeAnswer);
    } catch (IOException gone) {
      // As when the other direction ends.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  /// What is done before some bytes are passed on.
  private interface Before {
    void bytes(byte[] buffer) throws InterruptedException;
  }

  private static void pass(Socket from, Socket to, Before before)
      throws IOException, InterruptedException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
      before.bytes(buffer);
      out.write(buffer, 0, length);
    }
  }

  private void beforeRequest(byte[] buffer) throws InterruptedException {
    if (answered) {
      answered = false;
      put = startsWith(buffer, PUT);
      if (put) {
        gate.pass();
      }
    }
  }

  private void beforeAnswer(byte[] buffer) throws InterruptedException {
    // An interim answer only asks for the body.
    if (!answered && !startsWith(buffer, GO_ON)) {
      if (put) {
        Thread.sleep(delay);
      }
      answered = true;
    }
  }

  private static boolean startsWith(byte[] buffer, byte[] word) {
    return Arrays.equals(buffer, 0, word.length, word, 0, word.length);
  }

  @Override
  public void close() {
    for (Socket socket : new Socket[] {client, server}) {
      try {
        socket.close();
      } catch (IOException closed) {
        // It is no more, which is what was wanted.
      }
    }
  }
}
