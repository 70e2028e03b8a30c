package io.sluice.places;

import io.sluice.places.Evidence.Contents;
import io.sluice.places.Evidence.Found;
import io.sluice.storage.place.Mark;
import io.sluice.storage.place.MarkUnreadableException;
import io.sluice.storage.place.MarkedPlace;
import io.sluice.storage.place.PlaceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Makes a place ours: directories, mark, row. One process at a time, which looks again once it is its turn.
///
/// The mark comes before the row is committed. A process that dies in between leaves a mark of ours that no
/// row names, of the first generation if there never was a row, and the next one goes on from there. The other
/// way round it would leave a row without a mark, which looks like a place that was emptied.
final class Claims {

  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

  private final MarkedPlace place;
  private final PlaceRows rows;
  private final Clock clock;
  private final TransactionTemplate transaction;

  Claims(MarkedPlace place, PlaceRows rows, Clock clock, PlatformTransactionManager transactions) {
    this.place = place;
    this.rows = rows;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  /// What is known of the place.
  Evidence evidence(PlaceRows.Known known, Optional<Mark> mark) throws IOException {
    Evidence marked = new Evidence(known.deploymentId(), known.row(), mark, Contents.UNASKED);
    if (marked.agrees()) {
      return marked;
    }
    Set<UUID> some = place.someUploads();
    Found found = Found.of(some, rows.isOneKnown(some));
    return new Evidence(
        known.deploymentId(), known.row(), mark, new Contents(rows.bytesExpected(kind()), found));
  }

  /// Claims the place, if it may be claimed still. Whether it did, another look tells.
  void claim() throws IOException {
    underLock(() -> {
      Evidence evidence = evidenceNow(place.readMark());
      if (judge(evidence) instanceof Verdict.Unclaimed) {
        claim(evidence);
      }
      return evidence;
    });
  }

  /// Claims the place whoever had it, because somebody said so.
  Adoption adopt() throws IOException {
    return underLock(() -> {
      Evidence evidence = evidenceNow(markToReplace());
      Verdict verdict = judge(evidence);
      if (verdict instanceof Verdict.Ours) {
        return new Adoption.Adopted(0);
      }
      if (verdict instanceof Verdict.Foreign foreign && evidence.isOurs(foreign.mark())) {
        // Over it, the other place of this deployment would be without a mark.
        return new Adoption.Refused(Messages.of(verdict, place.address(), evidence.deploymentId()));
      }
      write(evidence);
      return new Adoption.Adopted(rows.renewOpenUploads());
    });
  }

  /// What cannot be read is nobody's any more once somebody adopts the place.
  private Optional<Mark> markToReplace() throws IOException {
    try {
      return place.readMark();
    } catch (MarkUnreadableException e) {
      return Optional.empty();
    }
  }

  private Evidence evidenceNow(Optional<Mark> mark) throws IOException {
    return evidence(rows.read(kind()), mark);
  }

  private Verdict judge(Evidence evidence) {
    return Judgement.judge(evidence, place.address());
  }

  private PlaceKind kind() {
    return place.address().kind();
  }

  /// Two databases do not share a lock: whoever finds a mark that was not there when it looked has come too
  /// late, and judges again.
  private void claim(Evidence evidence) throws IOException {
    if (evidence.mark().isPresent()) {
      write(evidence);
      return;
    }
    Mark mark = next(evidence);
    place.prepare();
    if (place.writeFirstMark(mark)) {
      record(evidence, mark);
    }
  }

  private void write(Evidence evidence) throws IOException {
    Mark mark = next(evidence);
    place.prepare();
    place.writeMark(mark);
    record(evidence, mark);
  }

  private void record(Evidence evidence, Mark mark) {
    if (evidence.row().isPresent()) {
      rows.replace(mark, place.address());
    } else {
      rows.insert(mark, place.address());
    }
    LOG.atInfo()
        .addKeyValue("place", kind().word())
        .addKeyValue("location", place.address().text())
        .addKeyValue("generation", mark.generation())
        .log("place claimed");
  }

  /// A place that is marked anew gets a new id: what was mounted there before, and may be again, is another.
  private Mark next(Evidence evidence) {
    Optional<Mark> own = evidence.mark().filter(evidence::isOurs);
    boolean first = evidence.row().isEmpty() && evidence.mark().isEmpty();
    boolean unfinished =
        evidence.row().isEmpty()
            && own.isPresent()
            && own.get().generation() == Judgement.FIRST_GENERATION;
    if (unfinished) {
      return own.get();
    }
    long generation =
        first
            ? Judgement.FIRST_GENERATION
            : 1
                + Math.max(
                    evidence.row().map(PlaceRow::generation).orElse(0L),
                    evidence.mark().map(Mark::generation).orElse(0L));
    UUID placeId = own.map(Mark::placeId).orElseGet(UUID::randomUUID);
    return new Mark(evidence.deploymentId(), placeId, kind(), clock.instant(), generation);
  }

  private interface Act<T> {
    T run() throws IOException;
  }

  private <T> T underLock(Act<T> act) throws IOException {
    try {
      return transaction.execute(status -> {
        rows.lock(kind());
        try {
          return act.run();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
