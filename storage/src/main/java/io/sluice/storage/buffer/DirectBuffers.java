package io.sluice.storage.buffer;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.concurrent.LinkedBlockingDeque;
import org.jspecify.annotations.Nullable;

/// Direct buffers of one size, lent for the time of one stream.
///
/// Idle buffers are kept up to a limit, the last used first, since its pages are warm. A stream never
/// waits for a buffer: slow clients hold theirs for minutes and would starve the others. Buffers past
/// the limit are given back to the system when they return, at once and not when the garbage collector
/// comes round, so memory follows the number of streams, which admission bounds.
public final class DirectBuffers {

  /// 256 KiB: large enough to make system calls cheap, small enough to stay in a core's cache from the
  /// read through the digests to the write.
  public static final int BUFFER_BYTES = 256 << 10;

  private static final DirectBuffers SHARED = new DirectBuffers(BUFFER_BYTES, 64);

  private final int sizeBytes;
  private final LinkedBlockingDeque<Slot> idle;

  /// Buffers of one size.
  ///
  /// @param sizeBytes size of each buffer
  /// @param maxIdle number of buffers kept when nobody uses them
  public DirectBuffers(int sizeBytes, int maxIdle) {
    this.sizeBytes = sizeBytes;
    this.idle = new LinkedBlockingDeque<>(maxIdle);
  }

  /// The buffers of this process: at most 16 MiB idle.
  public static DirectBuffers shared() {
    return SHARED;
  }

  /// Lends a buffer, cleared. Close the lease to give it back.
  public Lease lend() {
    Slot slot = idle.pollFirst();
    return new Lease(slot == null ? Slot.ofSize(sizeBytes) : slot);
  }

  int idleBuffers() {
    return idle.size();
  }

  private void takeBack(Slot slot) {
    if (!idle.offerFirst(slot)) {
      slot.arena.close();
    }
  }

  private record Slot(Arena arena, ByteBuffer buffer) {
    static Slot ofSize(int sizeBytes) {
      Arena arena = Arena.ofShared();
      return new Slot(arena, arena.allocate(sizeBytes, 4096).asByteBuffer());
    }
  }

  /// One buffer and the right to use it until closed. For one thread at a time.
  public final class Lease implements AutoCloseable {
    private @Nullable Slot slot;

    private Lease(Slot slot) {
      this.slot = slot;
      slot.buffer.clear();
    }

    /// The buffer; never to be used after [#close].
    public ByteBuffer buffer() {
      if (slot == null) {
        throw new IllegalStateException("the buffer was given back");
      }
      return slot.buffer;
    }

    /// Gives the buffer back. A second call does nothing.
    @Override
    public void close() {
      if (slot != null) {
        takeBack(slot);
        slot = null;
      }
    }
  }
}
