package io.sluice.bench.load;

import io.sluice.bench.http.Body;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/// A file of random bytes, the content of everything that is uploaded. It stays in the page cache, so sending it costs
/// no disk.
public final class SampleFile implements AutoCloseable {

  private static final int BLOCK_BYTES = 1 << 20;

  private final Path path;
  private final FileChannel file;
  private final long sizeBytes;
  private final int crc32c;

  private SampleFile(Path path, FileChannel file, long sizeBytes, int crc32c) {
    this.path = path;
    this.file = file;
    this.sizeBytes = sizeBytes;
    this.crc32c = crc32c;
  }

  /// Makes one.
  public static SampleFile create(Path path, long sizeBytes) throws IOException {
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    SplittableRandom random = new SplittableRandom(sizeBytes);
    CRC32C crc = new CRC32C();
    byte[] block = new byte[BLOCK_BYTES];
    for (long left = sizeBytes; left > 0; left -= BLOCK_BYTES) {
      random.nextBytes(block);
      ByteBuffer bytes = ByteBuffer.wrap(block, 0, (int) Math.min(left, BLOCK_BYTES));
      crc.update(bytes.duplicate());
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    }
    return new SampleFile(path, file, sizeBytes, (int) crc.getValue());
  }

  /// Where it is.
  public Path path() {
    return path;
  }

  /// The open file.
  public FileChannel channel() {
    return file;
  }

  /// Its length.
  public long sizeBytes() {
    return sizeBytes;
  }

  /// Of all its bytes.
  public int crc32c() {
    return crc32c;
  }

  /// A piece of it, shorter at its end.
  public Body.Region piece(long index, long pieceBytes) {
    long position = index * pieceBytes;
    return new Body.Region(file, position, Math.min(pieceBytes, sizeBytes - position));
  }

  /// A copy of some of its bytes.
  public byte[] bytes(long position, int lengthBytes) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(lengthBytes);
    while (bytes.hasRemaining() && file.read(bytes, position + bytes.position()) >= 0) {
      // Until it is full.
    }
    return bytes.array();
  }

  /// Of a piece of it.
  public int crc32c(long position, int lengthBytes) throws IOException {
    CRC32C crc = new CRC32C();
    crc.update(bytes(position, lengthBytes));
    return (int) crc.getValue();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
