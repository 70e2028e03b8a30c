package io.sluice.gateway.upload;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.metadata.upload.Upload;
import io.sluice.metadata.upload.UploadOrigin;
import io.sluice.metadata.upload.Uploads;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Remembers the facts of uploads that chunks are coming for, so that a chunk does not read them again.
@Component
public final class KnownUploads {

  private static final int MOST = 20_000;

  private final Uploads uploads;
  private final MissingChunks missing;
  private final Cache<UUID, UploadFacts> cache =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(Duration.ofMinutes(10)).build();

  KnownUploads(Uploads uploads, MissingChunks missing) {
    this.uploads = uploads;
    this.missing = missing;
  }

  /// The facts of somebody's upload.
  ///
  /// @throws ProblemException 404: there is none, it is somebody else's, or it takes no chunks
  public UploadFacts find(UUID id, String ownerId) {
    UploadFacts known = cache.getIfPresent(id);
    if (known == null) {
      known =
          uploads
              .findByIdAndOwnerId(id, ownerId)
              .filter(this::takesChunks)
              .map(UploadFacts::of)
              .orElseThrow(ProblemException::notFound);
      cache.put(id, known);
    }
    if (!known.ownerId().equals(ownerId)) {
      throw ProblemException.notFound();
    }
    return known;
  }

  /// A file that came in one request takes those of its chunks again that were lost here.
  private boolean takesChunks(Upload upload) {
    return upload.origin() == UploadOrigin.CHUNKED
        || (upload.totalChunks() != null && missing.damagedCount(upload.id()) > 0);
  }
}
