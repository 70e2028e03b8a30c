package io.sluice.acceptance.audit;

import java.io.IOException;
import java.util.List;

/// Checks a world against all invariants.
public final class Auditor {

  /// All of them, in the order of INVARIANTS.md.
  public static final List<Invariant> INVARIANTS =
      List.of(
          new AcknowledgedUploadsExist(),
          new AcknowledgedChunksHaveRows(),
          new AcknowledgedChunksAreRecoverable(),
          new AcknowledgedChunksAreImmutable(),
          new AcknowledgedChunksNeverGoMissing(),
          new RecordedDigestsAreTrue(),
          new CompletedAnswersAreTrue(),
          new CompletedFilesDownloadIdentical(),
          new CompletedRangesDownloadIdentical(),
          new CleanDownloadsWereRight(),
          new OneObjectPerCompletedUpload(),
          new WrongChecksumsNeverComplete(),
          new NoObjectWithoutOwner(),
          new NoMultipartWithoutOwner(),
          new NoStagedBytesWithoutRow(),
          new NoStagedRowWithoutBytes(),
          new NothingNamedWasRemoved(),
          new EndedUploadsArePurged(),
          new DeletedFilesAreGone(),
          new StateHistoryIsLegal(),
          new ClientsSeeStatesInOrder(),
          new AbortsAreFinal(),
          new UploadsEndForAReason(),
          new KeptUploadsGoOn(),
          new ChunksAreDamagedForAReason(),
          new CountersAddUp(),
          new OneUploadPerRequest(),
          new IdempotentAnswersAgree(),
          new NobodyElseMadeUploads(),
          new LimitsHold(),
          new EverythingSettles(),
          new TheQueueIsEmpty(),
          new DeadLettersHaveAReason(),
          new RefusalsAreNamed());

  private static final List<Invariant> SETTLED =
      List.of(
          new EverythingSettles(),
          new TheQueueIsEmpty(),
          new EndedUploadsArePurged(),
          // Damaged chunks are looked at again, and parked jobs tried again, until all is well.
          new ChunksAreDamagedForAReason(),
          new DeadLettersHaveAReason());

  private static final List<Invariant> SWEPT =
      List.of(
          new NoObjectWithoutOwner(), new NoMultipartWithoutOwner(), new NoStagedBytesWithoutRow());

  private Auditor() {}

  /// Checks only whether anything still moves.
  public static Report settled(World world) {
    return new Report(SETTLED.stream().map(invariant -> check(invariant, world)).toList());
  }

  /// Checks only whether anything is left that nobody owns.
  public static Report swept(World world) {
    return new Report(SWEPT.stream().map(invariant -> check(invariant, world)).toList());
  }

  /// Checks everything; a check that cannot be made is a violation too.
  public static Report audit(World world) {
    return new Report(INVARIANTS.stream().map(invariant -> check(invariant, world)).toList());
  }

  private static Outcome check(Invariant invariant, World world) {
    Findings findings = new Findings(invariant.name());
    try {
      invariant.check(world, findings);
    } catch (IOException | RuntimeException e) {
      findings.violated("audit", "cannot be checked: %s", e);
    }
    return findings.outcome(invariant.sentence());
  }
}
