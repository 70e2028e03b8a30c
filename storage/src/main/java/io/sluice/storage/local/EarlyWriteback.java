package io.sluice.storage.local;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Lets the disk begin on a long file while the rest of it still comes in, so that the fsync at its end has little left
/// to wait for (ADR 12).
///
/// A hint: Linux's `sync_file_range(2)` starts the writing of pages and waits for nothing. It makes nothing durable, and
/// where it is missing, forbidden or refuses, nothing differs but the time. It asks for no result of the writing either,
/// so what goes wrong there is still told to the fsync of the channel that wrote.
final class EarlyWriteback implements AutoCloseable {

  /// What is asked for at once. Shorter files are written by their fsync alone.
  static final long STEP_BYTES = 1 << 20;

  private static final @Nullable Calls CALLS = Calls.find();

  private final Path file;
  private int descriptor = -1;
  private long begunBytes;
  private boolean refused;

  /// Of a file that exists and is being written.
  EarlyWriteback(Path file) {
    this.file = file;
  }

  /// Tells that the file's first bytes are written.
  ///
  /// @return whether the kernel was asked to begin with some, and agreed
  boolean written(long lengthBytes) {
    if (CALLS == null || refused || lengthBytes - begunBytes < STEP_BYTES) {
      return false;
    }
    if (descriptor < 0) {
      descriptor = CALLS.open(file);
    }
    refused = descriptor < 0 || !CALLS.begin(descriptor, begunBytes, lengthBytes - begunBytes);
    begunBytes = lengthBytes;
    return !refused;
  }

  @Override
  public void close() {
    if (CALLS != null && descriptor >= 0) {
      CALLS.close(descriptor);
      descriptor = -1;
    }
  }

  /// The C library's functions. Java shows no channel's descriptor, so the file is opened once more.
  private record Calls(MethodHandle opening, MethodHandle beginning, MethodHandle closing) {

    private static final int O_WRONLY = 1;
    private static final int O_CLOEXEC = 0x80000;
    private static final int SYNC_FILE_RANGE_WRITE = 2;

    static @Nullable Calls find() {
      if (!System.getProperty("os.name").equals("Linux")) {
        return null;
      }
      try {
        return new Calls(
            call("open", ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            call(
                "sync_file_range",
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT),
            call("close", ValueLayout.JAVA_INT));
      } catch (NoSuchElementException
          | UnsupportedOperationException
          | IllegalCallerException missing) {
        // No such function, no linker for this machine, or a JVM that was not allowed to call C.
        return null;
      }
    }

    // Calling C is what the JVM's option --enable-native-access allows.
    @SuppressWarnings("restricted")
    private static MethodHandle call(String name, ValueLayout... arguments) {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker.defaultLookup().findOrThrow(name),
          FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
    }

    int open(Path file) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment path = arena.allocateFrom(file.toString());
        return (int) opening.invokeExact(path, O_WRONLY | O_CLOEXEC);
      } catch (Throwable impossible) {
        throw new LinkageError("open", impossible);
      }
    }

    boolean begin(int descriptor, long offset, long lengthBytes) {
      try {
        return (int) beginning.invokeExact(descriptor, offset, lengthBytes, SYNC_FILE_RANGE_WRITE)
            == 0;
      } catch (Throwable impossible) {
        throw new LinkageError("sync_file_range", impossible);
      }
    }

    void close(int descriptor) {
      try {
        int _ = (int) closing.invokeExact(descriptor);
      } catch (Throwable impossible) {
        throw new LinkageError("close", impossible);
      }
    }
  }
}
