package io.sluice.gateway.download;

import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.object.ObjectStore;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Reads a long range of an object in several requests at once and gives the bytes out in order.
///
/// Memory is bounded for all downloads together by [Buffers]. A download that gets no buffer streams its
/// next piece without one, so it is slower and never stuck.
final class ReadAhead implements ReadableByteChannel {

  private static final int PIECE_BYTES = 4 << 20;
  private static final int PIECES_AHEAD = 4;
  private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

  private final ObjectStore store;
  private final ObjectRef object;
  private final long end;
  private final Buffers buffers;
  private final Deque<CompletableFuture<ByteBuffer>> ahead = new ArrayDeque<>();
  private long nextOffset;
  private @Nullable ByteBuffer current;
  private @Nullable ReadableByteChannel unbuffered;
  private boolean open = true;

  private ReadAhead(
      ObjectStore store, ObjectRef object, long offset, long lengthBytes, Buffers buffers) {
    this.store = store;
    this.object = object;
    this.nextOffset = offset;
    this.end = offset + lengthBytes;
    this.buffers = buffers;
  }

  /// A channel over the range; short ranges are one plain request.
  static ReadableByteChannel open(
      ObjectStore store, ObjectRef object, long offset, long lengthBytes, Buffers buffers)
      throws IOException {
    return lengthBytes <= 2L * PIECE_BYTES
        ? store.read(object, offset, lengthBytes)
        : new ReadAhead(store, object, offset, lengthBytes, buffers);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (!open) {
      throw new ClosedChannelException();
    }
    while (true) {
      if (current != null && current.hasRemaining()) {
        int count = Math.min(current.remaining(), target.remaining());
        target.put(target.position(), current, current.position(), count);
        target.position(target.position() + count);
        current.position(current.position() + count);
        return count;
      }
      releaseCurrent();
      if (unbuffered != null) {
        int count = unbuffered.read(target);
        if (count >= 0) {
          return count;
        }
        unbuffered.close();
        unbuffered = null;
      }
      if (!advance()) {
        return -1;
      }
    }
  }

  /// Takes the next piece in hand; false at the end of the range.
  private boolean advance() throws IOException {
    while (ahead.size() < PIECES_AHEAD && nextOffset < end) {
      ByteBuffer buffer = buffers.tryTake();
      if (buffer == null) {
        break;
      }
      long offset = nextOffset;
      buffer.clear().limit((int) Math.min(PIECE_BYTES, end - offset));
      nextOffset += buffer.limit();
      ahead.add(CompletableFuture.supplyAsync(() -> fetch(offset, buffer), THREADS));
    }
    CompletableFuture<ByteBuffer> first = ahead.poll();
    if (first != null) {
      current = await(first);
      return true;
    }
    if (nextOffset == end) {
      return false;
    }
    long length = Math.min(PIECE_BYTES, end - nextOffset);
    unbuffered = store.read(object, nextOffset, length);
    nextOffset += length;
    return true;
  }

  private ByteBuffer fetch(long offset, ByteBuffer buffer) {
    try (ReadableByteChannel source = store.read(object, offset, buffer.remaining())) {
      while (buffer.hasRemaining()) {
        if (source.read(buffer) < 0) {
          throw new EOFException("the store sent less than was asked for");
        }
      }
      return buffer.flip();
    } catch (IOException e) {
      buffers.giveBack(buffer);
      throw new FetchFailed(e);
    } catch (RuntimeException e) {
      buffers.giveBack(buffer);
      throw e;
    }
  }

  private ByteBuffer await(CompletableFuture<ByteBuffer> piece) throws IOException {
    try {
      return piece.get();
    } catch (InterruptedException e) {
      var _ = piece.thenAccept(buffers::giveBack);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (ExecutionException e) {
      throw new IOException("the store could not be read", e.getCause());
    }
  }

  private void releaseCurrent() {
    if (current != null) {
      buffers.giveBack(current);
      current = null;
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    releaseCurrent();
    // A fetch that still runs gives its buffer back when it ends, whichever way.
    for (CompletableFuture<ByteBuffer> piece : ahead) {
      var _ = piece.thenAccept(buffers::giveBack);
    }
    ahead.clear();
    if (unbuffered != null) {
      unbuffered.close();
    }
  }

  /// Carries an [IOException] out of a future.
  private static final class FetchFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FetchFailed(IOException cause) {
      super(cause);
    }
  }

  /// The buffers of all downloads of this process: at most 32 of 4 MiB, outside the heap.
  @Component
  static final class Buffers {

    static final int MOST = 32;

    private final Semaphore left = new Semaphore(MOST);
    private final Queue<ByteBuffer> idle = new ConcurrentLinkedQueue<>();

    /// A buffer of one piece, or null if all are in use.
    @Nullable ByteBuffer tryTake() {
      if (!left.tryAcquire()) {
        return null;
      }
      ByteBuffer buffer = idle.poll();
      return buffer == null ? ByteBuffer.allocateDirect(PIECE_BYTES) : buffer;
    }

    /// How many could be taken.
    int free() {
      return left.availablePermits();
    }

    void giveBack(ByteBuffer buffer) {
      idle.add(buffer);
      left.release();
    }
  }
}
