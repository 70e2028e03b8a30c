package io.sluice.gateway.download;

import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.metadata.chunk.Chunks;
import io.sluice.metadata.upload.Upload;
import io.sluice.metadata.upload.Uploads;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.chunk.ChunkStatus;
import io.sluice.model.upload.UploadStatus;
import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.storage.staging.StagedBytesMissingException;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Finds the bytes of a file wherever they are now: in the object store, or, for a file that came in one
/// request and is not stored yet, chunk by chunk in staging.
@Component
final class FileContents {

  /// A worker may move a chunk between our reading its row and opening its bytes; more often than this
  /// in a row is not that.
  private static final int LOOKS = 5;

  private final ObjectStore store;
  private final StagingStore staging;
  private final Uploads uploads;
  private final Chunks chunks;
  private final ReadAhead.Buffers buffers;
  private final CheckedReads checked;

  FileContents(
      ObjectStore store,
      StagingStore staging,
      Uploads uploads,
      Chunks chunks,
      ReadAhead.Buffers buffers,
      CheckedReads checked) {
    this.store = store;
    this.staging = staging;
    this.uploads = uploads;
    this.chunks = chunks;
    this.buffers = buffers;
    this.checked = checked;
  }

  /// Opens the bytes at an offset, at most `maxLengthBytes` (1 and up) of them.
  ///
  /// @throws IOException the store or staging does not have them or cannot be reached
  Run open(Upload upload, long offset, long maxLengthBytes) throws IOException {
    Upload known = upload;
    for (int look = 1; ; look++) {
      try {
        return known.status() == UploadStatus.COMPLETED
            ? stored(known, offset, maxLengthBytes)
            : notYetStored(known, offset, maxLengthBytes);
      } catch (NoSuchFileException | StagedBytesMissingException e) {
        if (look == LOOKS) {
          throw new StoreUnavailableException("the bytes are not where they should be", e);
        }
        known = uploads.findById(upload.id()).orElse(known);
      }
    }
  }

  /// A link to the bytes, where they are in a store that can make one.
  ///
  /// @throws IOException the store cannot make one now
  Optional<URI> link(Upload upload, Duration validity, String disposition, String contentType)
      throws IOException {
    return upload.status() == UploadStatus.COMPLETED
        ? store.presign(object(upload), validity, disposition, contentType)
        : Optional.empty();
  }

  private Run stored(Upload upload, long offset, long maxLengthBytes) throws IOException {
    ObjectRef object = object(upload);
    Optional<List<Path>> files = store.files(object);
    if (files.isEmpty()) {
      long length = Math.min(maxLengthBytes, object.plan().fileSizeBytes() - offset);
      return checked.ofObject(
          upload,
          new ByteRange(offset, offset + length - 1),
          (from, bytes) -> ReadAhead.open(store, object, from, bytes, buffers));
    }
    Piece piece = Piece.at(object.plan(), offset, maxLengthBytes);
    return openFile(files.get().get(piece.chunkIndex()), piece, true);
  }

  private Run notYetStored(Upload upload, long offset, long maxLengthBytes) throws IOException {
    ObjectRef object = object(upload);
    Piece piece = Piece.at(object.plan(), offset, maxLengthBytes);
    ChunkRow chunk =
        chunks.range(upload.id(), piece.chunkIndex(), piece.chunkIndex()).stream()
            .findFirst()
            .orElseThrow(() -> new NoSuchFileException("chunk " + piece.chunkIndex()));
    ByteRange range = new ByteRange(offset, offset + piece.lengthBytes() - 1);
    boolean inStore = chunk.status() == ChunkStatus.STORED && !staysStaged(object.plan());
    if (inStore) {
      Optional<List<Path>> files = store.files(object);
      return files.isPresent()
          ? openFile(files.get().get(piece.chunkIndex()), piece, true)
          : checked.ofChunk(upload, chunk, range, (from, bytes) -> store.read(object, from, bytes));
    }
    Optional<Path> staged = staging.file(chunk.stagingKey());
    // Bytes that were found wrong once are given out only as far as their checksum is right.
    if (staged.isPresent() && chunk.status() != ChunkStatus.DAMAGED) {
      return openFile(staged.get(), piece, false);
    }
    long chunkOffset = object.plan().offsetOf(piece.chunkIndex());
    return checked.ofChunk(
        upload,
        chunk,
        range,
        (from, bytes) -> staging.open(chunk.stagingKey(), from - chunkOffset, bytes));
  }

  /// Parts of an open multipart upload cannot be read, so their staged bytes stay until it is closed.
  private boolean staysStaged(ChunkPlan plan) {
    return store.usesMultipart() && plan.totalParts() > 1;
  }

  private static Run openFile(Path path, Piece piece, boolean settled) throws IOException {
    FileChannel channel = FileChannel.open(path);
    channel.position(piece.offsetInChunk());
    return new Run.OfFile(channel, path, piece.offsetInChunk(), piece.lengthBytes(), settled);
  }

  private static ObjectRef object(Upload upload) {
    return new ObjectRef(upload.objectKey(), upload.plan(), upload.contentType());
  }

  /// A piece of one chunk.
  private record Piece(int chunkIndex, long offsetInChunk, long lengthBytes) {

    static Piece at(ChunkPlan plan, long offset, long maxLengthBytes) {
      int index = Math.toIntExact(offset / plan.chunkSizeBytes());
      long offsetInChunk = offset - plan.offsetOf(index);
      long length = Math.min(maxLengthBytes, plan.chunkLengthBytes(index) - offsetInChunk);
      return new Piece(index, offsetInChunk, length);
    }
  }
}
