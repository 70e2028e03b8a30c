package io.sluice.storage.staging;

import io.sluice.storage.checksum.RunningDigest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/// Staged bytes on their way out, compared with what was acknowledged.
///
/// Bytes that are not what they were make the read throw that would hand out the last of them, so
/// whoever copies them cannot come to a regular end with wrong ones.
public final class VerifiedBytes implements ReadableByteChannel {

  private final StagedBytes staged;
  private final ReadableByteChannel source;
  private final RunningDigest digest = new RunningDigest(false);

  private VerifiedBytes(StagedBytes staged, ReadableByteChannel source) {
    this.staged = staged;
    this.source = source;
  }

  /// Opens all of a run of staged bytes.
  ///
  /// @throws StagedBytesMissingException there is nothing under its key
  public static VerifiedBytes open(StagingStore staging, StagedBytes staged) throws IOException {
    ReadableByteChannel source = staging.open(staged.stagingKey(), 0, staged.digest().sizeBytes());
    return new VerifiedBytes(staged, source);
  }

  /// Reads what comes next.
  ///
  /// @throws StagedBytesDamagedException the bytes are not those that were acknowledged
  @Override
  public int read(ByteBuffer into) throws IOException {
    if (digest.sizeBytes() == staged.digest().sizeBytes()) {
      return -1;
    }
    int before = into.position();
    int count = readSome(into);
    digest.update(into.duplicate().flip().position(before));
    if (digest.sizeBytes() >= staged.digest().sizeBytes()
        && !digest.finish().matches(staged.digest())) {
      throw new StagedBytesDamagedException(
          "other bytes than were acknowledged are staged under " + staged.stagingKey());
    }
    return count;
  }

  private int readSome(ByteBuffer into) throws IOException {
    int count;
    try {
      count = source.read(into);
    } catch (EOFException e) {
      throw new StagedBytesDamagedException("staged bytes end early", e);
    }
    if (count < 0) {
      throw new StagedBytesDamagedException("staged bytes end early");
    }
    return count;
  }

  @Override
  public boolean isOpen() {
    return source.isOpen();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
