package io.sluice.bench.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;

/// What a request carries.
public sealed interface Body {

  /// Its length.
  long sizeBytes();

  /// Sends head and body.
  void send(ByteBuffer head, SocketChannel channel) throws IOException;

  /// Nothing.
  static Body none() {
    return new Bytes(new byte[0]);
  }

  /// A few bytes, sent together with the head.
  @SuppressWarnings("ArrayRecordComponent") // Written once and never compared.
  record Bytes(byte[] bytes) implements Body {

    @Override
    public long sizeBytes() {
      return bytes.length;
    }

    @Override
    public void send(ByteBuffer head, SocketChannel channel) throws IOException {
      ByteBuffer[] both = {head, ByteBuffer.wrap(bytes)};
      while (both[0].hasRemaining() || both[1].hasRemaining()) {
        channel.write(both);
      }
    }
  }

  /// A piece of a file, which the kernel sends by itself.
  record Region(FileChannel file, long position, long sizeBytes) implements Body {

    public Region {
      Objects.checkFromIndexSize(position, sizeBytes, Long.MAX_VALUE);
    }

    @Override
    public void send(ByteBuffer head, SocketChannel channel) throws IOException {
      while (head.hasRemaining()) {
        channel.write(head);
      }
      long sent = 0;
      while (sent < sizeBytes) {
        sent += file.transferTo(position + sent, sizeBytes - sent, channel);
      }
    }
  }
}
