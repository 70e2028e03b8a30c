package io.sluice.acceptance.audit;

import java.util.Set;

/// What this run allows.
///
/// @param graceSeconds how long leftovers may lie before they count as leaked
/// @param maxInflightPerUpload chunk requests in progress for one upload, over all gateways
/// @param expiryAllowed whether uploads may end because nobody touched them
/// @param allowedDeadLetterCauses causes of dead letters that the run's own faults explain
/// @param bytesDestroyed whether the run itself damaged bytes, so that chunks may be DAMAGED
/// @param injectedErrors how often the run itself made a gateway's code fail, so that a request may be answered 500
/// @param bytesHidden whether the run hid bytes for a time, so that chunks may have been DAMAGED, and asked for again,
///     meanwhile
public record Rules(
    long graceSeconds,
    int maxInflightPerUpload,
    boolean expiryAllowed,
    Set<String> allowedDeadLetterCauses,
    boolean bytesDestroyed,
    int injectedErrors,
    boolean bytesHidden) {

  /// A grace period for systems that were swept: even what appeared this very second counts.
  public static final long NO_GRACE = -1;

  public Rules {
    allowedDeadLetterCauses = Set.copyOf(allowedDeadLetterCauses);
  }

  /// Nothing is excused.
  public static Rules strict(long graceSeconds, int maxInflightPerUpload) {
    return new Rules(graceSeconds, maxInflightPerUpload, false, Set.of(), false, 0, false);
  }
}
