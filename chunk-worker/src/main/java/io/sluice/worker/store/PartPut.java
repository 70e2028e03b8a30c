package io.sluice.worker.store;

import io.sluice.failpoint.Failpoint;
import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.object.MultipartGoneException;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.storage.object.StoredObject;
import io.sluice.storage.object.StoredPart;
import io.sluice.worker.retry.QuickTries;
import io.sluice.worker.upload.VerifiedFile;
import java.io.IOException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Puts the bytes of one part into the store, and believes only what the store confirms.
@Component
final class PartPut {

  private final ObjectStore store;
  private final QuickTries tries;
  private final MultipartIds multipartIds;
  private final StoreMetrics metrics;

  PartPut(ObjectStore store, QuickTries tries, MultipartIds multipartIds, StoreMetrics metrics) {
    this.store = store;
    this.tries = tries;
    this.multipartIds = multipartIds;
    this.metrics = metrics;
  }

  PutOutcome put(PartWork work) throws InterruptedException {
    PutOutcome outcome;
    try {
      outcome = work.isWholeFile() ? putWhole(work) : putPart(work);
    } catch (IOException | RuntimeException e) {
      outcome = new PutOutcome.Failed(work, e);
    }
    Failpoint.hit("worker.part-uploaded");
    return outcome;
  }

  private PutOutcome putWhole(PartWork work) throws IOException, InterruptedException {
    ByteDigest digest = work.digest();
    StoredObject answered =
        tries.call(() -> metrics.timedPut(() -> store.storeWhole(work.object(), work.staged())));
    StoredObject object = answered.crc32c().isPresent() ? answered : head(work);
    if (!store.confirms(object, digest)) {
      throw new StoreUnavailableException(
          "the store has %d bytes, sent were %d".formatted(object.sizeBytes(), digest.sizeBytes()));
    }
    return new PutOutcome.Put(new StoredWork(work, null, object.etag(), VerifiedFile.of(digest)));
  }

  private StoredObject head(PartWork work) throws IOException, InterruptedException {
    return tries
        .call(() -> store.head(work.object()))
        .orElseThrow(() -> new StoreUnavailableException("what was just stored is not there"));
  }

  private PutOutcome putPart(PartWork work) throws IOException, InterruptedException {
    Optional<String> multipartId = Optional.empty();
    if (store.usesMultipart()) {
      multipartId = Optional.ofNullable(work.upload().multipartId());
      if (multipartId.isEmpty()) {
        multipartId = multipartIds.ensure(work.upload().id(), work.object());
      }
      if (multipartId.isEmpty()) {
        return new PutOutcome.Moot(work);
      }
    }
    return new PutOutcome.Put(
        new StoredWork(work, multipartId.orElse(null), putPart(work, multipartId).etag(), null));
  }

  private StoredPart putPart(PartWork work, Optional<String> multipartId)
      throws IOException, InterruptedException {
    StoredPart part;
    try {
      part =
          tries.call(() ->
              metrics.timedPut(() -> store.storePart(work.object(), multipartId, work.staged())));
    } catch (MultipartGoneException e) {
      multipartId.ifPresent(id -> multipartIds.forget(work.upload().id(), id));
      throw e;
    }
    ByteDigest digest = work.digest();
    if (part.sizeBytes() != digest.sizeBytes() || part.crc32c() != digest.crc32c()) {
      throw new StoreUnavailableException("the store took other bytes than were sent");
    }
    return part;
  }
}
