package io.sluice.storage.s3;

import io.sluice.storage.object.StoreUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// A run of bytes of one object on its way from S3. A connection that ends before the run does makes the
/// read throw.
final class S3Slice implements ReadableByteChannel {

  private static final int PIECE_BYTES = 64 << 10;

  private final ResponseInputStream<GetObjectResponse> stream;
  private final byte[] piece;
  private long remaining;
  private boolean open = true;

  private S3Slice(ResponseInputStream<GetObjectResponse> stream, long lengthBytes) {
    this.stream = stream;
    this.remaining = lengthBytes;
    this.piece = new byte[(int) Math.min(PIECE_BYTES, lengthBytes)];
  }

  /// Asks for a run of at least one byte.
  static S3Slice open(S3Bucket bucket, String key, long offset, long lengthBytes)
      throws IOException {
    String range = "bytes=%d-%d".formatted(offset, offset + lengthBytes - 1);
    ResponseInputStream<GetObjectResponse> stream =
        S3Failures.named(
            "get object",
            () ->
                bucket
                    .connection()
                    .client()
                    .getObject(
                        get -> get.bucket(bucket.name()).key(bucket.full(key)).range(range)));
    Optional<Long> length = Optional.ofNullable(stream.response().contentLength());
    if (length.isPresent() && length.get() != lengthBytes) {
      stream.abort();
      throw new StoreUnavailableException(
          "asked for %d bytes of an object and was offered %d"
              .formatted(lengthBytes, length.get()));
    }
    return new S3Slice(stream, lengthBytes);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (remaining == 0) {
      return -1;
    }
    int wanted = (int) Math.min(Math.min(into.remaining(), remaining), PIECE_BYTES);
    int count = readSome(into, wanted);
    if (count < 0) {
      throw new StoreUnavailableException(
          "the store ended an object " + remaining + " bytes early");
    }
    remaining -= count;
    return count;
  }

  private int readSome(ByteBuffer into, int wanted) throws IOException {
    try {
      if (into.hasArray()) {
        int count = stream.read(into.array(), into.arrayOffset() + into.position(), wanted);
        into.position(into.position() + Math.max(0, count));
        return count;
      }
      int count = stream.read(piece, 0, Math.min(wanted, piece.length));
      into.put(piece, 0, Math.max(0, count));
      return count;
    } catch (IOException e) {
      throw new StoreUnavailableException("the store broke off in an object", e);
    } catch (SdkException e) {
      throw S3Failures.explain("read object", e);
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  /// Cuts the connection if there is more to come: reading the rest could take for ever.
  @Override
  public void close() throws IOException {
    if (!open) {
      return;
    }
    open = false;
    if (remaining > 0) {
      stream.abort();
    } else {
      stream.close();
    }
  }
}
