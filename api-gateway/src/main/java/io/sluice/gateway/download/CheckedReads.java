package io.sluice.gateway.download;

import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.metadata.chunk.KeptChecksums;
import io.sluice.metadata.upload.Upload;
import io.sluice.model.chunk.ChunkPlan;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.springframework.stereotype.Component;

/// Reads from stores that are asked over a network, and checks what they answer: a whole file by its
/// CRC32C, a range by those of the chunks it touches.
@Component
final class CheckedReads {

  /// Opens so many bytes of a file from an offset.
  @FunctionalInterface
  interface Source {
    ReadableByteChannel open(long offset, long lengthBytes) throws IOException;
  }

  private final KeptChecksums kept;
  private final DownloadSettings settings;

  CheckedReads(KeptChecksums kept, DownloadSettings settings) {
    this.kept = kept;
    this.settings = settings;
  }

  /// A range of a COMPLETED file. Not checked where no checksums were kept, nor as far as its chunks are so
  /// large that it would take more than is allowed.
  Run ofObject(Upload upload, ByteRange range, Source source) throws IOException {
    ChunkPlan plan = upload.plan();
    Integer ofFile = upload.crc32c();
    boolean whole = range.lengthBytes() == plan.fileSizeBytes();
    if (ofFile != null && (whole || plan.totalChunks() == 1)) {
      return open(widened(asOneChunk(plan), range), index -> ofFile, source);
    }
    WidenedRange widened = widened(plan, range);
    Optional<IntUnaryOperator> crc32cs =
        widened.checksAny()
            ? kept.range(upload.id(), widened.firstChunk(), widened.lastChunk())
            : Optional.empty();
    return crc32cs.isPresent()
        ? open(widened, crc32cs.get(), source)
        : new Run.OfStream(source.open(range.first(), range.lengthBytes()), range.lengthBytes());
  }

  /// A range that lies in one chunk, whose row is still there.
  Run ofChunk(Upload upload, ChunkRow chunk, ByteRange range, Source source) throws IOException {
    return open(widened(upload.plan(), range), index -> chunk.crc32c(), source);
  }

  private WidenedRange widened(ChunkPlan plan, ByteRange range) {
    return new WidenedRange(plan, range, settings.checkBeyondBytes());
  }

  private static ChunkPlan asOneChunk(ChunkPlan plan) {
    return new ChunkPlan(plan.fileSizeBytes(), plan.fileSizeBytes(), 1, 1);
  }

  private static Run open(WidenedRange widened, IntUnaryOperator crc32cs, Source source)
      throws IOException {
    ReadableByteChannel bytes = source.open(widened.readFrom(), widened.readBytes());
    return new Run.OfStream(
        new CheckedBytes(widened, crc32cs, bytes), widened.range().lengthBytes());
  }
}
