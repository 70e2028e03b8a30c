package io.sluice.gateway.download;

import io.sluice.model.chunk.ChunkPlan;

/// A range of a file, and the rest of the chunks at its ends that has to be read to check them.
///
/// @param mostBeyondBytes a chunk is checked if this many bytes of it, or fewer, lie outside the range
record WidenedRange(ChunkPlan plan, ByteRange range, long mostBeyondBytes) {

  /// What the range has of one chunk.
  ///
  /// @param beforeBytes to be read before it, and not sent
  /// @param afterBytes to be read after it, and not sent
  /// @param checked whether the three make a whole chunk
  record Share(long beforeBytes, long lengthBytes, long afterBytes, boolean checked) {}

  int firstChunk() {
    return chunkAt(range.first());
  }

  int lastChunk() {
    return chunkAt(range.last());
  }

  private int chunkAt(long offset) {
    return Math.toIntExact(offset / plan.chunkSizeBytes());
  }

  /// The share of a chunk from [#firstChunk] to [#lastChunk].
  Share share(int chunkIndex) {
    long chunkFirst = plan.offsetOf(chunkIndex);
    long chunkEnd = chunkFirst + plan.chunkLengthBytes(chunkIndex);
    long first = Math.max(range.first(), chunkFirst);
    long end = Math.min(range.last() + 1, chunkEnd);
    long before = first - chunkFirst;
    long after = chunkEnd - end;
    return before + after <= mostBeyondBytes
        ? new Share(before, end - first, after, true)
        : new Share(0, end - first, 0, false);
  }

  /// Whether there is anything to check.
  boolean checksAny() {
    return lastChunk() - firstChunk() > 1
        || share(firstChunk()).checked()
        || share(lastChunk()).checked();
  }

  /// Where reading begins.
  long readFrom() {
    return range.first() - share(firstChunk()).beforeBytes();
  }

  /// How much is to be read.
  long readBytes() {
    return range.last() + 1 + share(lastChunk()).afterBytes() - readFrom();
  }
}
