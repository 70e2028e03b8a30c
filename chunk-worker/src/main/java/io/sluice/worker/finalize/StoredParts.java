package io.sluice.worker.finalize;

import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.object.StoredPart;
import java.util.List;

/// An upload's stored chunks, put together.
///
/// @param parts what is to be joined, in order
/// @param whole what the file has to be; with a SHA-256 if it is one chunk that has one
record StoredParts(List<StoredPart> parts, ByteDigest whole) {

  StoredParts {
    parts = List.copyOf(parts);
  }
}
