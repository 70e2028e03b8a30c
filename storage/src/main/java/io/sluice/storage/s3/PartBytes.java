package io.sluice.storage.s3;

import io.sluice.storage.staging.StagedBytes;
import io.sluice.storage.staging.StagingStore;
import io.sluice.storage.staging.VerifiedBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The staged chunks of a part, one after the other, each verified and one open at a time.
final class PartBytes implements ReadableByteChannel {

  private final StagingStore staging;
  private final Iterator<StagedBytes> chunks;
  private @Nullable VerifiedBytes chunk;
  private boolean open = true;

  PartBytes(StagingStore staging, List<StagedBytes> chunks) {
    this.staging = staging;
    this.chunks = chunks.iterator();
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    while (true) {
      if (chunk == null) {
        if (!chunks.hasNext()) {
          return -1;
        }
        chunk = VerifiedBytes.open(staging, chunks.next());
      }
      int count = chunk.read(into);
      if (count >= 0) {
        return count;
      }
      chunk.close();
      chunk = null;
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
