package io.sluice.acceptance.proxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// One request on one connection, which ends with it.
final class ProxiedRequest implements Runnable {

  private static final int TIMEOUT_MILLIS = 120_000;

  private final Socket client;
  private final URI store;
  private final FaultPlan faults;

  ProxiedRequest(Socket client, URI store, FaultPlan faults) {
    this.client = client;
    this.store = store;
    this.faults = faults;
  }

  @Override
  public void run() {
    try (client) {
      client.setSoTimeout(TIMEOUT_MILLIS);
      InputStream in = new BufferedInputStream(client.getInputStream());
      Optional<HttpHead> head = HttpHead.read(in);
      if (head.isPresent()) {
        proxy(head.get(), in, client.getOutputStream());
      }
    } catch (IOException gone) {
      // Whoever it was sees a broken connection, as with any proxy.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void proxy(HttpHead head, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    if (head.header("Expect").isPresent()) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
    byte[] body = HttpBody.read(head, in);
    HttpHead passedOn =
        head.with("Expect", Optional.empty()).with("Connection", Optional.of("close"));
    String[] line = head.startLine().split(" ", 3);
    S3Operation operation =
        S3Operation.of(line[0], line[1], head.header("x-amz-copy-source").isPresent());
    Optional<S3Fault> fault = faults.take(operation, line[1].split("\\?", 2)[0]);
    boolean isHead = line[0].equals("HEAD");
    if (fault.isEmpty()) {
      forward(passedOn, body, BodyMischief.NONE, isHead, out);
      return;
    }
    switch (fault.get()) {
      case S3Fault.Refuse refuse -> send(out, refuse.answer().bytes(!isHead));
      case S3Fault.ErrorInside200 error -> send(out, StoreAnswer.insideSuccess(error.code()));
      case S3Fault.LieAfterEffect lie -> {
        forward(passedOn, body, BodyMischief.NONE, isHead, OutputStream.nullOutputStream());
        send(out, StoreAnswer.xml(lie.status(), lie.code()).bytes(!isHead));
      }
      case S3Fault.Drop drop -> client.close();
      case S3Fault.SwallowReply swallow ->
          forward(passedOn, body, BodyMischief.NONE, isHead, OutputStream.nullOutputStream());
      case S3Fault.Replay replay -> {
        forward(passedOn, body, BodyMischief.NONE, isHead, OutputStream.nullOutputStream());
        forward(passedOn, body, BodyMischief.NONE, isHead, out);
      }
      case S3Fault.Hold hold -> {
        client.close();
        hold.release().await();
        forward(passedOn, body, BodyMischief.NONE, isHead, OutputStream.nullOutputStream());
      }
      case S3Fault.Truncate truncate ->
          forward(passedOn, body, BodyMischief.TRUNCATED, isHead, out);
      case S3Fault.Flip flip -> forward(passedOn, body, BodyMischief.FLIPPED, isHead, out);
      case S3Fault.Slow slow ->
          forward(passedOn, body, BodyMischief.slow(slow.bytesPerSecond()), isHead, out);
    }
  }

  private void forward(
      HttpHead head, byte[] body, BodyMischief mischief, boolean isHead, OutputStream out)
      throws IOException, InterruptedException {
    try (Socket upstream = new Socket()) {
      upstream.connect(new InetSocketAddress(store.getHost(), store.getPort()), TIMEOUT_MILLIS);
      upstream.setSoTimeout(TIMEOUT_MILLIS);
      upstream.getOutputStream().write(head.bytes());
      upstream.getOutputStream().write(body);
      upstream.getOutputStream().flush();
      InputStream in = new BufferedInputStream(upstream.getInputStream());
      HttpHead reply = HttpHead.read(in).orElseThrow(() -> new IOException("no reply"));
      out.write(reply.with("Connection", Optional.of("close")).bytes());
      long length = reply.header("Content-Length").map(Long::parseLong).orElse(-1L);
      if (!isHead) {
        mischief.copy(in, out, length);
      }
      out.flush();
    }
  }

  private static void send(OutputStream out, byte[] message) throws IOException {
    out.write(message);
    out.flush();
  }
}
