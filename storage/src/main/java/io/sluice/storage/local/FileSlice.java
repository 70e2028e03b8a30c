package io.sluice.storage.local;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A run of bytes of one file. A file that is too short for it makes the read throw.
final class FileSlice implements ReadableByteChannel {

  private final FileChannel file;
  private final Path path;
  private long position;
  private long remaining;

  private FileSlice(FileChannel file, Path path, long offset, long lengthBytes) {
    this.file = file;
    this.path = path;
    this.position = offset;
    this.remaining = lengthBytes;
  }

  static FileSlice open(Path path, long offset, long lengthBytes) throws IOException {
    if (offset < 0 || lengthBytes < 0) {
      throw new IllegalArgumentException("bytes %d+%d".formatted(offset, lengthBytes));
    }
    return new FileSlice(
        FileChannel.open(path, StandardOpenOption.READ), path, offset, lengthBytes);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (remaining == 0) {
      return -1;
    }
    int limit = into.limit();
    into.limit((int) Math.min(limit, into.position() + remaining));
    int count;
    try {
      count = file.read(into, position);
    } finally {
      into.limit(limit);
    }
    if (count < 0) {
      throw new EOFException(path + " ends at " + position + ", " + remaining + " bytes early");
    }
    position += count;
    remaining -= count;
    return count;
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
