package io.sluice.storage.staging;

import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.checksum.RunningDigest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/// A client's body on its way into staging: digested, counted and held to its length where it is read,
/// so that no staging store can go round that.
///
/// What goes wrong on the client's side comes out as [BodyReadException] or [BodyLengthException];
/// whatever else a copy loop catches is therefore the fault of the side it writes to.
public final class StagingBody implements ReadableByteChannel {

  /// A blocking channel has no business answering "nothing yet"; one that goes on doing so is broken.
  private static final int MAX_EMPTY_READS = 1_000;

  private final StageRequest request;
  private final ReadableByteChannel body;
  private final RunningDigest digest;
  private boolean ended;

  public StagingBody(StageRequest request, ReadableByteChannel body) {
    this.request = request;
    this.body = body;
    this.digest = new RunningDigest(request.wantSha256());
  }

  /// Reads what the body has next, at least one byte unless it is at its end.
  ///
  /// @return number of bytes, or -1 at the end of a body of the right length
  /// @throws BodyLengthException the body ended early, or goes on past its limit
  /// @throws BodyReadException the body could not be read
  @Override
  public int read(ByteBuffer into) throws IOException {
    if (ended) {
      return -1;
    }
    int before = into.position();
    int count = readSome(into);
    if (count < 0) {
      ended = true;
      checkEnd();
      return -1;
    }
    if (digest.sizeBytes() + count > request.maxBytes()) {
      throw new BodyLengthException("the body is longer than " + request.maxBytes() + " bytes");
    }
    digest.update(into.duplicate().flip().position(before));
    return count;
  }

  /// Fills a buffer as far as the body goes.
  ///
  /// @return whether there may be more
  public boolean fill(ByteBuffer into) throws IOException {
    while (into.hasRemaining()) {
      if (read(into) < 0) {
        return false;
      }
    }
    return true;
  }

  /// The digests of the whole body; once, after its end.
  public ByteDigest digest() {
    if (!ended) {
      throw new IllegalStateException("the body has not been read to its end");
    }
    return digest.finish();
  }

  /// Number of bytes read so far.
  public long bytesRead() {
    return digest.sizeBytes();
  }

  @Override
  public boolean isOpen() {
    return body.isOpen();
  }

  /// Leaves the body open: it belongs to the caller.
  @Override
  public void close() {}

  private int readSome(ByteBuffer into) throws BodyReadException {
    try {
      for (int tries = 0; tries < MAX_EMPTY_READS; tries++) {
        int count = body.read(into);
        if (count != 0) {
          return count;
        }
      }
    } catch (IOException e) {
      throw new BodyReadException("the body broke off after " + bytesRead() + " bytes", e);
    }
    throw new BodyReadException("the body stopped coming after " + bytesRead() + " bytes");
  }

  private void checkEnd() throws BodyLengthException {
    if (request.exactBytes() >= 0 && bytesRead() != request.exactBytes()) {
      throw new BodyLengthException(
          "the body has %d bytes, not %d".formatted(bytesRead(), request.exactBytes()));
    }
  }
}
