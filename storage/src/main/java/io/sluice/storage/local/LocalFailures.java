package io.sluice.storage.local;

import io.sluice.storage.object.StoreRefusedException;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.storage.staging.StagedBytesDamagedException;
import io.sluice.storage.staging.StagedBytesMissingException;
import java.io.IOException;

/// What a failure of the local disk means to the callers of an object store.
final class LocalFailures {

  private LocalFailures() {}

  /// Full, read-only or failing disks may be repaired, so all that has no meaning of its own may be
  /// tried again.
  static IOException explain(IOException failure) {
    return switch (failure) {
      case StagedBytesDamagedException damaged -> damaged;
      case StagedBytesMissingException missing -> missing;
      case StoreRefusedException refused -> refused;
      case StoreUnavailableException unavailable -> unavailable;
      default -> new StoreUnavailableException("the object directory failed", failure);
    };
  }
}
