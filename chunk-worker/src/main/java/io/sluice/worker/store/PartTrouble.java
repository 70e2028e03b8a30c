package io.sluice.worker.store;

import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.queue.produce.PendingJob;
import io.sluice.storage.object.MultipartGoneException;
import io.sluice.worker.retry.BackOff;
import io.sluice.worker.retry.Diagnosis;
import io.sluice.worker.retry.GiveUpCause;
import io.sluice.worker.retry.RetrySettings;
import io.sluice.worker.retry.Triage;
import io.sluice.worker.upload.WorkUpload;
import io.sluice.worker.upload.WorkUploads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// What happens to a part that could not be stored.
@Component
final class PartTrouble {

  private static final Logger LOG = LoggerFactory.getLogger(PartTrouble.class);

  private final Triage triage;
  private final RetrySettings settings;
  private final BackOff backOff;
  private final PartLoader loader;
  private final WorkUploads uploads;
  private final StagedAudit audit;
  private final ChunkRounds rounds;
  private final PartGiveUp giveUp;

  PartTrouble(
      Triage triage,
      RetrySettings settings,
      BackOff backOff,
      PartLoader loader,
      WorkUploads uploads,
      StagedAudit audit,
      ChunkRounds rounds,
      PartGiveUp giveUp) {
    this.triage = triage;
    this.settings = settings;
    this.backOff = backOff;
    this.loader = loader;
    this.uploads = uploads;
    this.audit = audit;
    this.rounds = rounds;
    this.giveUp = giveUp;
  }

  /// What was written down.
  sealed interface Consequence {

    /// Everything.
    ///
    /// @param purges jobs of uploads that failed with the part
    record Settled(List<PendingJob> purges) implements Consequence {}

    /// Nothing: PostgreSQL is away.
    record StillInHand(String why) implements Consequence {}
  }

  private static final Consequence SETTLED = new Consequence.Settled(List.of());

  Consequence settle(PartWork work, Exception met) throws InterruptedException {
    Diagnosis diagnosis = triage.judge(met);
    LOG.atWarn()
        .addKeyValue("upload_id", work.upload().id())
        .addKeyValue("part", work.job().part())
        .addKeyValue("diagnosis", diagnosis.getClass().getSimpleName())
        .setCause(diagnosis instanceof Diagnosis.Away ? null : met)
        .log("part not stored");
    if (met instanceof MultipartGoneException && partsAreLost(work)) {
      return givenUp(work, work.chunks(), GiveUpCause.OBJECT_MISMATCH, String.valueOf(met), true);
    }
    return switch (diagnosis) {
      case Diagnosis.DatabaseAway away -> new Consequence.StillInHand(away.detail());
      case Diagnosis.Away away -> {
        Duration delay = backOff.after(1, settings.awayDelay(), settings.awayDelay());
        rounds.putOff(work, delay, away.detail());
        yield SETTLED;
      }
      case Diagnosis.Passing passing -> nextRound(work, passing.cause(), passing.detail());
      case Diagnosis.Lasting lasting ->
          givenUp(work, work.chunks(), lasting.cause(), lasting.detail(), false);
      case Diagnosis.StagedBytesBad bad -> judgeStagedBytes(work, bad.detail());
    };
  }

  private Consequence nextRound(PartWork work, GiveUpCause cause, String detail) {
    int attempts = 1 + work.chunks().stream().mapToInt(ChunkRow::attempts).max().orElse(0);
    if (attempts >= settings.maxRounds()) {
      return givenUp(work, work.chunks(), cause, detail, false);
    }
    Duration delay = backOff.after(attempts, settings.roundDelay(), settings.longestRoundDelay());
    rounds.tryLater(work, attempts, delay, detail);
    return SETTLED;
  }

  /// Staging is also empty when a first delivery of this job stored the part and cleared up: the rows
  /// decide, not the staging.
  private Consequence judgeStagedBytes(PartWork work, String detail) throws InterruptedException {
    PartJudgement now = loader.judge(work.job());
    if (!(now instanceof PartJudgement.Store(PartWork still))
        || !still.stagingKeys().equals(work.stagingKeys())) {
      return SETTLED;
    }
    Map<GiveUpCause, List<ChunkRow>> bad;
    try {
      bad = audit.badChunks(still);
    } catch (IOException e) {
      return settle(still, e);
    }
    if (bad.isEmpty()) {
      return nextRound(still, GiveUpCause.STAGING_UNREADABLE, detail);
    }
    List<PendingJob> purges = new ArrayList<>();
    bad.forEach((cause, chunks) ->
        giveUp.giveUp(still, chunks, cause, detail, false).purge().ifPresent(purges::add));
    return new Consequence.Settled(purges);
  }

  private Consequence givenUp(
      PartWork work, List<ChunkRow> chunks, GiveUpCause cause, String detail, boolean uploadToo) {
    return new Consequence.Settled(
        giveUp.giveUp(work, chunks, cause, detail, uploadToo).purge().stream().toList());
  }

  /// Whether an upload still counts on a multipart upload that its store has forgotten, which was not
  /// because it was completed: what was stored under it is gone.
  private boolean partsAreLost(PartWork work) {
    String used = work.upload().multipartId();
    Optional<WorkUpload> now = uploads.find(work.upload().id());
    return used != null
        && now.isPresent()
        && !now.get().status().isTerminal()
        && used.equals(now.get().multipartId())
        && now.get().storedChunks() > 0
        && now.get().plan().map(plan -> now.get().storedChunks() < plan.totalChunks()).orElse(true);
  }
}
