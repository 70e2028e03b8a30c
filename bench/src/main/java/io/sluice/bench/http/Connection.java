package io.sluice.bench.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// One connection that is kept and used by one client at a time; made again if the server closed it.
public final class Connection implements AutoCloseable {

  private final URI base;
  private @Nullable SocketChannel channel;
  private @Nullable AnswerReader reader;

  /// @param base scheme, host and port
  public Connection(URI base) {
    this.base = base;
  }

  /// Sends a request and reads its whole answer.
  public Answer exchange(Request request) throws IOException {
    SocketChannel open = open();
    try {
      request.body().send(request.head(base.getAuthority()), open);
    } catch (IOException refused) {
      // A refusal may have come before the body was taken.
    }
    Answer answer = reader().read(request.method().equals("HEAD"));
    if (answer.header("connection").filter("close"::equalsIgnoreCase).isPresent()) {
      close();
    }
    return answer;
  }

  private SocketChannel open() throws IOException {
    SocketChannel open = channel;
    if (open == null) {
      open = SocketChannel.open();
      open.setOption(StandardSocketOptions.TCP_NODELAY, true);
      open.connect(new InetSocketAddress(base.getHost(), base.getPort()));
      channel = open;
      reader = new AnswerReader(open);
    }
    return open;
  }

  private AnswerReader reader() throws IOException {
    AnswerReader current = reader;
    if (current == null) {
      throw new IOException("not connected");
    }
    return current;
  }

  @Override
  public void close() throws IOException {
    SocketChannel open = channel;
    channel = null;
    reader = null;
    if (open != null) {
      open.close();
    }
  }
}
