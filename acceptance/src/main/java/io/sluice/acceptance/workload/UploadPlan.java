package io.sluice.acceptance.workload;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/// What a client does with one file; drawn from its seed before the first request.
///
/// @param parallel chunk requests at once
/// @param idempotencyKey for the init, or null
/// @param declaredSha256 told at the init, or null
/// @param twiceProbability how often a chunk that was acknowledged is sent again
/// @param cutProbability how often a body is cut in the middle before it is sent in full
public record UploadPlan(
    String fileName,
    FileBytes bytes,
    long chunkSizeBytes,
    int parallel,
    Ending ending,
    @Nullable String idempotencyKey,
    @Nullable String declaredSha256,
    double twiceProbability,
    double cutProbability) {

  private static final String WRONG_SHA256 = "0123456789abcdef".repeat(4);
  private static final int MAX_PARALLEL = 6;
  private static final double CHECKSUM_DECLARED = 0.3;
  private static final double CHECKSUM_WRONG = 0.05;

  /// Draws a plan.
  ///
  /// @param fileName unique in the run
  /// @param sizes how large files are
  public static UploadPlan draw(Random random, String fileName, FileSizes sizes) {
    FileSizes.Cut cut = sizes.draw(random);
    FileBytes bytes = new FileBytes(random.nextLong(), cut.sizeBytes());
    double checksum = random.nextDouble();
    String declared =
        checksum < CHECKSUM_WRONG
            ? WRONG_SHA256
            : checksum < CHECKSUM_DECLARED ? bytes.digest().sha256() : null;
    return new UploadPlan(
        fileName,
        bytes,
        cut.chunkSizeBytes(),
        1 + random.nextInt(MAX_PARALLEL),
        ending(random),
        random.nextBoolean() ? "key-" + fileName : null,
        declared,
        random.nextDouble() * 0.2,
        random.nextDouble() * 0.1);
  }

  private static Ending ending(Random random) {
    int draw = random.nextInt(100);
    if (draw < 45) {
      return Ending.COMPLETE;
    }
    if (draw < 60) {
      return Ending.COMPLETE_LATER;
    }
    if (draw < 72) {
      return Ending.AUTO_COMPLETE;
    }
    if (draw < 80) {
      return Ending.ABORT;
    }
    if (draw < 86) {
      return Ending.ABORT_AND_COMPLETE;
    }
    return draw < 93 ? Ending.LEAVE : Ending.DELETE;
  }
}
