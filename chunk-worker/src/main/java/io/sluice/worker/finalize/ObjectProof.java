package io.sluice.worker.finalize;

import io.sluice.failpoint.Failpoint;
import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.object.MultipartGoneException;
import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.object.StagedPart;
import io.sluice.storage.object.StoreRefusedException;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.storage.object.StoredObject;
import io.sluice.worker.retry.QuickTries;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Has the store put an object together, and then asks it what it has.
///
/// The answer to "complete" proves nothing either way: it can be an error inside a 200, it can be lost
/// after the effect, and a second try after a success is told that there is no such upload. What a HEAD
/// says afterwards is what counts.
@Component
final class ObjectProof {

  private static final Logger LOG = LoggerFactory.getLogger(ObjectProof.class);

  private final ObjectStore store;
  private final QuickTries tries;

  ObjectProof(ObjectStore store, QuickTries tries) {
    this.store = store;
    this.tries = tries;
  }

  /// Returns when the object is there and is what it has to be.
  ///
  /// @param multipartId null if none was ever begun
  /// @throws ObjectMismatchException it is not, and the store admits nothing that would explain it
  void ensure(ObjectRef object, @Nullable String multipartId, StoredParts chunks)
      throws IOException, InterruptedException {
    IOException refused = null;
    if (object.plan().totalChunks() == 0) {
      tries.call(() -> store.storeWhole(object, new StagedPart(0, List.of())));
    } else if (multipartId != null && needsJoining(object)) {
      refused = join(object, multipartId, chunks);
    }
    Failpoint.hit("worker.object-joined");
    Optional<StoredObject> found = tries.call(() -> store.head(object));
    if (found.isPresent() && store.confirms(found.get(), chunks.whole())) {
      return;
    }
    if (refused != null) {
      throw refused;
    }
    throw new ObjectMismatchException(
        found
                .map(has -> "the store has " + say(has.sizeBytes(), has.crc32c().orElse(null)))
                .orElse("the store has nothing")
            + ", sent was "
            + say(chunks.whole()));
  }

  /// Whether the parts of an object become one only when they are joined.
  boolean needsJoining(ObjectRef object) {
    return store.usesMultipart() && object.plan().totalParts() > 1;
  }

  /// @return what the store said against it, to be believed only if there is no object
  private @Nullable IOException join(ObjectRef object, String multipartId, StoredParts chunks)
      throws IOException, InterruptedException {
    try {
      tries.call(() -> {
        store.complete(object, multipartId, chunks.parts());
        return object;
      });
      return null;
    } catch (MultipartGoneException | StoreRefusedException | StoreUnavailableException e) {
      LOG.atInfo().addKeyValue("answer", e.getMessage()).log("join not confirmed, asking");
      return e;
    }
  }

  private static String say(ByteDigest digest) {
    return say(digest.sizeBytes(), digest.crc32c());
  }

  private static String say(long sizeBytes, @Nullable Integer crc32c) {
    return sizeBytes + " bytes" + (crc32c == null ? "" : " with crc32c %08x".formatted(crc32c));
  }
}
