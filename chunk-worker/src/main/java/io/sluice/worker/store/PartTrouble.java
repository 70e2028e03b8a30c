package io.sluice.worker.store;

import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.storage.object.MultipartGoneException;
import io.sluice.worker.finalize.StoreLoss;
import io.sluice.worker.retry.BackOff;
import io.sluice.worker.retry.Diagnosis;
import io.sluice.worker.retry.ParkCause;
import io.sluice.worker.retry.RefusalWatch;
import io.sluice.worker.retry.RetrySettings;
import io.sluice.worker.retry.Triage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// What happens to a part that could not be stored: nothing of it is given up. It is tried again, sooner or
/// later, and the longer it lasts the more people hear of it.
@Component
final class PartTrouble {

  private static final Logger LOG = LoggerFactory.getLogger(PartTrouble.class);

  private final Triage triage;
  private final RetrySettings settings;
  private final BackOff backOff;
  private final PartLoader loader;
  private final StagedAudit audit;
  private final ChunkRounds rounds;
  private final PartParking parking;
  private final StoreLoss loss;
  private final RefusalWatch refusals;

  PartTrouble(
      Triage triage,
      RetrySettings settings,
      BackOff backOff,
      PartLoader loader,
      StagedAudit audit,
      ChunkRounds rounds,
      PartParking parking,
      StoreLoss loss,
      RefusalWatch refusals) {
    this.triage = triage;
    this.settings = settings;
    this.backOff = backOff;
    this.loader = loader;
    this.audit = audit;
    this.rounds = rounds;
    this.parking = parking;
    this.loss = loss;
    this.refusals = refusals;
  }

  /// What was written down.
  sealed interface Consequence {

    /// Everything.
    record Settled() implements Consequence {}

    /// Nothing: PostgreSQL is away.
    record StillInHand(String why) implements Consequence {}
  }

  private static final Consequence SETTLED = new Consequence.Settled();

  Consequence settle(PartWork work, Exception met) throws InterruptedException {
    Diagnosis diagnosis = triage.judge(met);
    LOG.atWarn()
        .addKeyValue("upload_id", work.upload().id())
        .addKeyValue("part", work.job().part())
        .addKeyValue("diagnosis", diagnosis.getClass().getSimpleName())
        .setCause(diagnosis instanceof Diagnosis.Away ? null : met)
        .log("part not stored");
    switch (diagnosis) {
      case Diagnosis.DatabaseAway away -> {
        return new Consequence.StillInHand(away.detail());
      }
      case Diagnosis.Away away -> putOff(work, away.detail());
      case Diagnosis.Passing passing -> {
        int attempts = nextRound(work, passing.cause(), passing.detail(), false);
        if (met instanceof MultipartGoneException && attempts >= settings.roundsBeforeParking()) {
          loss.lookFor(work.upload(), failingSince(work), passing.detail());
        }
      }
      case Diagnosis.Refused refused -> {
        refusals.refused(work.digest().sizeBytes());
        nextRound(work, refused.cause(), refused.detail(), true);
      }
      case Diagnosis.StagedBytesBad bad -> {
        return judgeStagedBytes(work, bad.detail());
      }
    }
    return SETTLED;
  }

  private void putOff(PartWork work, String why) {
    rounds.putOff(work, backOff.after(1, settings.awayDelay(), settings.awayDelay()), why);
  }

  /// @return rounds it had
  private int nextRound(PartWork work, ParkCause cause, String detail, boolean parked) {
    int attempts = attemptsOf(work.chunks());
    Duration delay = delay(attempts);
    if (parked || attempts >= settings.roundsBeforeParking()) {
      parking.park(work, cause, attempts, delay, detail);
    } else {
      rounds.tryLater(work, attempts, delay, detail);
    }
    return attempts;
  }

  private static @Nullable Instant failingSince(PartWork work) {
    return work.chunks().stream()
        .map(ChunkRow::firstFailedAt)
        .filter(Objects::nonNull)
        .min(Instant::compareTo)
        .orElse(null);
  }

  private Duration delay(int attempts) {
    return backOff.after(attempts, settings.roundDelay(), settings.longestRoundDelay());
  }

  private static int attemptsOf(List<ChunkRow> chunks) {
    return 1 + chunks.stream().mapToInt(ChunkRow::attempts).max().orElse(0);
  }

  /// Staging is also empty when a first delivery of this job stored the part and cleared up: the rows
  /// decide, not the staging.
  private Consequence judgeStagedBytes(PartWork work, String detail) throws InterruptedException {
    PartJudgement now = loader.judge(work.job());
    if (!(now instanceof PartJudgement.Store(PartWork still))
        || !still.stagingKeys().equals(work.stagingKeys())) {
      return SETTLED;
    }
    Map<ParkCause, List<ChunkRow>> bad;
    try {
      bad = audit.badChunks(still);
    } catch (IOException e) {
      return settle(still, e);
    }
    Optional<String> trouble = audit.placeTrouble();
    if (trouble.isPresent()) {
      putOff(still, trouble.get());
    } else if (bad.isEmpty()) {
      nextRound(still, ParkCause.STAGING_UNREADABLE, detail, false);
    } else {
      bad.forEach((cause, chunks) -> {
        int attempts = attemptsOf(chunks);
        parking.damaged(still, chunks, cause, attempts, delay(attempts), detail);
      });
    }
    return SETTLED;
  }
}
