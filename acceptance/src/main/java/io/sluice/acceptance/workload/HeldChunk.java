package io.sluice.acceptance.workload;

import io.sluice.acceptance.history.HistoryEvent;
import io.sluice.acceptance.history.HistoryWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// A chunk request that stops between head and body, on a raw socket: the server says 100 when it begins to
/// take the body, and from then on the request is in progress for as long as the client likes.
public final class HeldChunk implements AutoCloseable {

  private static final int ANSWER_MILLIS = 30_000;
  private static final int CONTINUE = 100;

  private final UUID uploadId;
  private final byte[] body;
  private final HistoryWriter history;
  private final Socket socket;
  private final BufferedReader answers;
  private int status;
  private long takenAtNanos;

  private HeldChunk(
      UUID uploadId, byte[] body, HistoryWriter history, Socket socket, BufferedReader answers) {
    this.uploadId = uploadId;
    this.body = body;
    this.history = history;
    this.socket = socket;
    this.answers = answers;
  }

  /// Sends the head and waits for the first answer.
  ///
  /// @param gateway base address
  public static HeldChunk begin(
      String gateway, String apiKey, UUID uploadId, int index, byte[] body, HistoryWriter history)
      throws IOException {
    URI base = URI.create(gateway);
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), base.getPort());
    socket.setSoTimeout(ANSWER_MILLIS);
    String head =
        """
        PUT /v1/uploads/%s/chunks/%d HTTP/1.1
        Host: 127.0.0.1:%d
        X-API-Key: %s
        Content-Type: application/octet-stream
        Content-Length: %d
        Expect: 100-continue
        Connection: close

        """
            .formatted(uploadId, index, base.getPort(), apiKey, body.length)
            .replace("\n", "\r\n");
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    HeldChunk chunk =
        new HeldChunk(
            uploadId,
            body,
            history,
            socket,
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1)));
    chunk.status = chunk.readStatus();
    chunk.takenAtNanos = System.nanoTime();
    return chunk;
  }

  /// Whether the server took the body.
  public boolean isInProgress() {
    return status == CONTINUE;
  }

  /// What the server answered instead, or 100.
  public int status() {
    return status;
  }

  /// Sends the body.
  ///
  /// @return the answer's status
  public int finish() throws IOException {
    history.write(new HistoryEvent.BodyHeld(uploadId, takenAtNanos, System.nanoTime()));
    socket.getOutputStream().write(body);
    socket.getOutputStream().flush();
    status = readStatus();
    return status;
  }

  private int readStatus() throws IOException {
    String line = answers.readLine();
    while (line != null && !line.startsWith("HTTP/1.1 ")) {
      line = answers.readLine();
    }
    if (line == null) {
      throw new IOException("no answer");
    }
    return Integer.parseInt(line.split(" ", 3)[1]);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
