package io.sluice.storage.staging;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/// Durable bytes between the acknowledgement and the object store.
///
/// Every attempt to stage a chunk gets a key of its own, so two clients that send the same chunk at
/// once never touch each other's bytes; the chunk's row in PostgreSQL says which key counts. Bytes that
/// no row names are nobody's and are swept after a grace period.
public interface StagingStore {

  /// Streams a body into staging. On return the bytes and the name they can be found under are durable:
  /// they survive a power cut. The body is read once and digested on the way, never held whole.
  ///
  /// @param body the bytes, read to its end
  /// @throws BodyLengthException the body ended early or goes on past `request.maxBytes()`; nothing is left behind
  /// @throws BodyReadException reading the body failed; nothing is left behind
  /// @throws StagingFullException there is no room; nothing is left behind
  /// @throws IOException staging itself failed ([io.sluice.storage.object.StoreUnavailableException] where
  ///     it is in a bucket); what is left behind is swept later
  StagedBytes stage(StageRequest request, ReadableByteChannel body) throws IOException;

  /// Looks whether staging has room for so much more, as far as that can be known beforehand. A promise
  /// it is not: others may come first.
  ///
  /// @throws StagingFullException there is no room
  void checkRoom(long sizeBytes) throws IOException;

  /// Opens staged bytes, or a piece of them. A read that comes short throws. The caller verifies what it
  /// read; [VerifiedBytes] does.
  ///
  /// @throws IllegalArgumentException the key is not a staging key
  /// @throws StagedBytesMissingException there is nothing under this key
  ReadableByteChannel open(String stagingKey, long offset, long lengthBytes) throws IOException;

  /// The file behind a key where staging is a directory, so that storing need not copy; empty elsewhere.
  /// The file need not exist.
  Optional<Path> file(String stagingKey);

  /// Removes staged bytes. A key with nothing behind it is a success. Need not be durable: bytes that
  /// come back after a power cut are swept again.
  void delete(Collection<String> stagingKeys) throws IOException;

  /// Shows everything that is staged, in no order, without holding it all in memory, and what was begun and
  /// never finished too. Keys that are shown can be deleted; they cannot all be opened.
  void forEach(Consumer<StagedEntry> visitor) throws IOException;

  /// Proves that staging can be written now; for readiness.
  ///
  /// @throws StagingFullException there is no room
  /// @throws IOException staging cannot be reached
  void probe() throws IOException;
}
