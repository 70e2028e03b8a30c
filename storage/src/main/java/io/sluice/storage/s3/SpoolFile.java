package io.sluice.storage.s3;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.sluice.storage.buffer.DirectBuffers;
import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.checksum.RunningDigest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// One part of a body whose length nobody knows, kept in a temporary file until it can be sent with its
/// length and checksum in front. A file and not memory: parts are megabytes and bodies are many.
final class SpoolFile implements AutoCloseable {

  private final FileChannel file;
  private long sizeBytes;

  SpoolFile() throws IOException {
    Path path = Files.createTempFile("sluice-part-", ".spool");
    this.file = FileChannel.open(path, READ, WRITE, DELETE_ON_CLOSE);
  }

  /// Takes up to `limitBytes` of a source in place of what was here.
  ///
  /// @return the digest of what was taken; shorter than the limit only if the source has ended
  ByteDigest take(ReadableByteChannel source, long limitBytes) throws IOException {
    RunningDigest digest = new RunningDigest(false);
    file.truncate(0);
    sizeBytes = 0;
    try (DirectBuffers.Lease lease = DirectBuffers.shared().lend()) {
      ByteBuffer buffer = lease.buffer();
      while (sizeBytes < limitBytes) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), limitBytes - sizeBytes));
        if (source.read(buffer) < 0) {
          break;
        }
        digest.update(buffer.flip());
        while (buffer.hasRemaining()) {
          sizeBytes += file.write(buffer, sizeBytes);
        }
      }
    }
    return digest.finish();
  }

  /// What was taken, from its first byte.
  ReadableByteChannel content() throws IOException {
    file.position(0);
    return file;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
