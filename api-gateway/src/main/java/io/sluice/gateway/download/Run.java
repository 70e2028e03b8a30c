package io.sluice.gateway.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;

/// Bytes of a file that lie in one place: as much of what was asked for as can be had there.
sealed interface Run extends AutoCloseable {

  /// How many bytes it has.
  long lengthBytes();

  /// Positioned at the first byte; a read that comes short throws, it never ends early.
  ReadableByteChannel channel();

  @Override
  default void close() throws IOException {
    channel().close();
  }

  /// A piece of a file of this machine.
  ///
  /// @param settled whether the file stays where it is, so that its path may be handed to the server
  record OfFile(FileChannel channel, Path path, long offset, long lengthBytes, boolean settled)
      implements Run {}

  /// A stream from a store.
  record OfStream(ReadableByteChannel channel, long lengthBytes) implements Run {}
}
