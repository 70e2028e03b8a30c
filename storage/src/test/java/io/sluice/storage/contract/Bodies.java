package io.sluice.storage.contract;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Bodies to send, good and bad.
public final class Bodies {

  private Bodies() {}

  /// Bytes that only the seed decides.
  public static byte[] bytes(long seed, int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /// A body that comes as it is.
  public static ReadableByteChannel of(byte[] bytes) {
    return Channels.newChannel(new ByteArrayInputStream(bytes));
  }

  /// A body that comes in small pieces, as from a slow network.
  public static ReadableByteChannel inPieces(byte[] bytes, int pieceBytes) {
    return new Pieces(bytes, pieceBytes, null);
  }

  /// A body whose connection breaks after all these bytes.
  public static ReadableByteChannel breakingAfter(byte[] bytes) {
    return new Pieces(bytes, 64 << 10, new IOException("connection reset"));
  }

  /// All bytes of a channel, which is closed then.
  public static byte[] drain(ReadableByteChannel channel) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(10_000);
    try (channel) {
      while (channel.read(buffer.clear()) >= 0) {
        all.write(buffer.array(), 0, buffer.position());
      }
    }
    return all.toByteArray();
  }

  /// CRC32C as the platform computes it.
  public static int crc32c(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /// CRC32 as the platform computes it.
  public static int crc32(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static final class Pieces implements ReadableByteChannel {
    private final ByteBuffer bytes;
    private final int pieceBytes;
    private final @Nullable IOException end;

    Pieces(byte[] bytes, int pieceBytes, @Nullable IOException end) {
      this.bytes = ByteBuffer.wrap(bytes);
      this.pieceBytes = pieceBytes;
      this.end = end;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      if (!bytes.hasRemaining()) {
        if (end != null) {
          throw new IOException(end);
        }
        return -1;
      }
      int count = Math.min(Math.min(pieceBytes, into.remaining()), bytes.remaining());
      into.put(into.position(), bytes, bytes.position(), count);
      into.position(into.position() + count);
      bytes.position(bytes.position() + count);
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
