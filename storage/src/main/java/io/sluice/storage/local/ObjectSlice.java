package io.sluice.storage.local;

import io.sluice.model.chunk.ChunkPlan;
import io.sluice.storage.object.ObjectRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/// A run of bytes of an object, over the files of its chunks, one open at a time.
final class ObjectSlice implements ReadableByteChannel {

  private final ObjectFiles files;
  private final ObjectRef object;
  private long position;
  private long remaining;
  private @Nullable FileSlice chunk;
  private boolean open = true;

  private ObjectSlice(ObjectFiles files, ObjectRef object, long offset, long lengthBytes) {
    this.files = files;
    this.object = object;
    this.position = offset;
    this.remaining = lengthBytes;
  }

  /// Opens the first file too, so that an object that is not there is told at once.
  static ObjectSlice open(ObjectFiles files, ObjectRef object, long offset, long lengthBytes)
      throws IOException {
    if (offset < 0 || lengthBytes < 0 || offset > object.plan().fileSizeBytes() - lengthBytes) {
      throw new IllegalArgumentException("bytes %d+%d".formatted(offset, lengthBytes));
    }
    ObjectSlice slice = new ObjectSlice(files, object, offset, lengthBytes);
    if (lengthBytes > 0) {
      slice.chunk = slice.nextChunk();
    }
    return slice;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (!open) {
      throw new ClosedChannelException();
    }
    if (remaining == 0) {
      return -1;
    }
    if (chunk == null) {
      chunk = nextChunk();
    }
    int count = chunk.read(into);
    if (count < 0) {
      chunk.close();
      chunk = nextChunk();
      count = chunk.read(into);
    }
    position += count;
    remaining -= count;
    return count;
  }

  private FileSlice nextChunk() throws IOException {
    ChunkPlan plan = object.plan();
    int index = Math.toIntExact(position / plan.chunkSizeBytes());
    long within = position - plan.offsetOf(index);
    long length = Math.min(remaining, plan.chunkLengthBytes(index) - within);
    try {
      return FileSlice.open(files.of(object, index), within, length);
    } catch (IOException e) {
      throw LocalFailures.explain(e);
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    if (chunk != null) {
      chunk.close();
    }
  }
}
