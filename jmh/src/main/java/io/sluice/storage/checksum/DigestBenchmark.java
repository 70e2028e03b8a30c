package io.sluice.storage.checksum;

import io.sluice.jmh.Timed;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/// The digests of one chunk of 8 MiB in a direct buffer.
public class DigestBenchmark extends Timed {

  private static final int CHUNK_BYTES = 8 << 20;

  private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);

  /// Fills the chunk.
  @Setup
  public void fill() {
    byte[] bytes = new byte[CHUNK_BYTES];
    new SplittableRandom(1).nextBytes(bytes);
    chunk.put(bytes).flip();
  }

  /// What the least would be.
  @Benchmark
  public long crc32cAlone() {
    CRC32C crc = new CRC32C();
    crc.update(chunk.duplicate());
    return crc.getValue();
  }

  /// What is taken of every chunk.
  @Benchmark
  public ByteDigest bothCrcs() {
    return digest(false);
  }

  /// What is taken where somebody wants a SHA-256.
  @Benchmark
  public ByteDigest bothCrcsAndSha256() {
    return digest(true);
  }

  private ByteDigest digest(boolean sha256) {
    RunningDigest digest = new RunningDigest(sha256);
    digest.update(chunk);
    return digest.finish();
  }
}
