package io.sluice.acceptance.workload;

import io.sluice.acceptance.digest.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The bytes of a file that is never held: any range of it can be made again from its seed.
///
/// @param seed decides every byte
/// @param sizeBytes how many there are
public record FileBytes(long seed, long sizeBytes) {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /// The bytes of a range, as a fresh stream.
  public InputStream range(long offset, long lengthBytes) {
    if (offset < 0 || lengthBytes < 0 || offset + lengthBytes > sizeBytes) {
      throw new IllegalArgumentException(
          "%d+%d of %d bytes".formatted(offset, lengthBytes, sizeBytes));
    }
    return new Range(offset, offset + lengthBytes);
  }

  /// The digest of a range.
  public Digest digest(long offset, long lengthBytes) {
    try {
      return Digest.of(range(offset, lengthBytes));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// The digest of everything.
  public Digest digest() {
    return digest(0, sizeBytes);
  }

  /// Eight bytes come from each word, and a word from its number.
  private byte at(long position) {
    long word = seed + GOLDEN * (position >>> 3);
    word = (word ^ (word >>> 30)) * 0xBF58476D1CE4E5B9L;
    word = (word ^ (word >>> 27)) * 0x94D049BB133111EBL;
    word ^= word >>> 31;
    return (byte) (word >>> ((position & 7) << 3));
  }

  private final class Range extends InputStream {
    private long position;
    private final long end;

    Range(long position, long end) {
      this.position = position;
      this.end = end;
    }

    @Override
    public int read() {
      return position == end ? -1 : at(position++) & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (position == end) {
        return -1;
      }
      int count = (int) Math.min(length, end - position);
      for (int index = 0; index < count; index++) {
        buffer[offset + index] = at(position++);
      }
      return count;
    }
  }
}
