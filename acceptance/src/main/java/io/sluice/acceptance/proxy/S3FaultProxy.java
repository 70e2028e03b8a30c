package io.sluice.acceptance.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/// Listens in front of an S3 server. Signatures stay good: the host a client signed is passed on as it came.
public final class S3FaultProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final URI store;
  private final FaultPlan faults = new FaultPlan();

  private S3FaultProxy(ServerSocket listener, URI store) {
    this.listener = listener;
    this.store = store;
  }

  /// Starts one on a free port.
  ///
  /// @param store address of the S3 server
  public static S3FaultProxy start(URI store) throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    S3FaultProxy proxy = new S3FaultProxy(listener, store);
    Thread.ofVirtual().name("s3-fault-proxy").start(proxy::accept);
    return proxy;
  }

  /// Where clients find it.
  public URI address() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /// What goes wrong.
  public FaultPlan faults() {
    return faults;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> new ProxiedRequest(client, store, faults).run());
      } catch (IOException closed) {
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
