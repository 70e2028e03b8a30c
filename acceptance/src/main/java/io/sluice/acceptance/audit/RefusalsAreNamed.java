package io.sluice.acceptance.audit;

import io.sluice.acceptance.history.HistoryEvent.Refused;
import java.util.List;
import java.util.Set;

/// Every refusal carries a code of the catalogue, never 500, and says when to come back where that is the remedy.
final class RefusalsAreNamed implements Invariant {

  @Override
  public String name() {
    return "refusals-are-named";
  }

  @Override
  public String sentence() {
    return "Every refusal carries a code of the catalogue, never 500, and says when to come back where that is the remedy.";
  }

  /// From api.md and docs/errors.md, written down again so that a word that changes on the wire shows.
  private static final Set<String> CATALOGUE =
      Set.of(
          "malformed_request",
          "chunk_index_out_of_bounds",
          "chunk_length_mismatch",
          "checksum_mismatch",
          "file_name_missing",
          "unauthenticated",
          "forbidden",
          "not_found",
          "method_not_allowed",
          "not_acceptable",
          "request_timeout",
          "chunk_conflict",
          "upload_not_active",
          "missing_chunks",
          "file_checksum_mismatch",
          "upload_not_completed",
          "upload_already_completed",
          "idempotency_conflict",
          "idempotency_in_progress",
          "precondition_failed",
          "payload_too_large",
          "unsupported_media_type",
          "range_not_satisfiable",
          "validation_failed",
          "throttled",
          "service_unavailable",
          "storage_unavailable",
          "staging_full");

  @Override
  public void check(World world, Findings findings) {
    List<Refused> errors =
        world.promises().all(Refused.class).filter(RefusalsAreNamed::isInternalError).toList();
    // Which of them the run itself made nobody can tell; one more than it made is ours.
    boolean excused = errors.size() <= world.rules().injectedErrors();
    world
        .promises()
        .all(Refused.class)
        .forEach(refused -> {
          findings.looked();
          String code = refused.code();
          boolean named = code != null && CATALOGUE.contains(code) && refused.status() != 500;
          if (!named && !(excused && isInternalError(refused))) {
            findings.violated(refused.operation(), "was refused with %s", refused);
          }
          boolean comeBack = refused.status() == 429 || refused.status() == 503;
          Integer seconds = refused.retryAfterSeconds();
          if (comeBack && (seconds == null || seconds < 1)) {
            findings.violated(refused.operation(), "says not when to come back: %s", refused);
          }
        });
  }

  private static boolean isInternalError(Refused refused) {
    return refused.status() == 500 && "internal_error".equals(refused.code());
  }
}
