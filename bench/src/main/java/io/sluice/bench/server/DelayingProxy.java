package io.sluice.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/// Between Sluice and an S3 server, so that the server seems farther away than it is: every PUT takes longer by a fixed
/// time, however many there are at once. It can also keep all PUTs waiting.
public final class DelayingProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final InetSocketAddress server;
  private final Duration delay;
  private final Set<DelayedConnection> open = ConcurrentHashMap.newKeySet();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  private DelayingProxy(ServerSocket listener, InetSocketAddress server, Duration delay) {
    this.listener = listener;
    this.server = server;
    this.delay = delay;
  }

  /// Starts one on a free port.
  ///
  /// @param server what it stands before
  /// @param delay how much longer each PUT takes
  public static DelayingProxy start(URI server, Duration delay) throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    DelayingProxy proxy =
        new DelayingProxy(
            listener, new InetSocketAddress(server.getHost(), server.getPort()), delay);
    Thread.ofVirtual().name("delaying-proxy").start(proxy::accept);
    return proxy;
  }

  /// Where clients find it.
  public URI address() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /// From now on no PUT gets through. Nobody is told; who asks waits.
  public void hold() {
    gate = new CountDownLatch(1);
  }

  /// Lets all get through.
  public void release() {
    gate.countDown();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket upstream = new Socket(server.getAddress(), server.getPort());
        DelayedConnection connection =
            new DelayedConnection(client, upstream, delay, () -> gate.await())) {
      open.add(connection);
      connection.relay();
      open.remove(connection);
    } catch (IOException gone) {
      // The other end sees it too, and tries again if it wants to.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    release();
    for (DelayedConnection connection : open) {
      connection.close();
    }
  }
}
