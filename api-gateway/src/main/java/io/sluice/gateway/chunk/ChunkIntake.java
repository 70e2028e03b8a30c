package io.sluice.gateway.chunk;

import io.sluice.failpoint.Failpoint;
import io.sluice.gateway.activity.UploadActivity;
import io.sluice.gateway.admission.StagingPlace;
import io.sluice.gateway.body.RequestBody;
import io.sluice.gateway.content.ContentPolicy;
import io.sluice.gateway.enqueue.PartQueue;
import io.sluice.gateway.enqueue.Ticket;
import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.gateway.upload.UploadFacts;
import io.sluice.metadata.time.DatabaseClock;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.chunk.ChunkStatus;
import io.sluice.model.problem.ProblemCode;
import io.sluice.model.upload.UploadStatus;
import io.sluice.storage.buffer.DirectBuffers;
import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.staging.BodyLengthException;
import io.sluice.storage.staging.StagedBytes;
import io.sluice.storage.staging.StagingBody;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Takes one chunk in: bytes durable, row committed, job enqueued; in this order, and acknowledged only
/// after the second.
@Component
final class ChunkIntake {

  private static final Logger LOG = LoggerFactory.getLogger(ChunkIntake.class);

  private final StagingPlace place;
  private final ChunkRows rows;
  private final PartQueue parts;
  private final DatabaseClock clock;
  private final UploadActivity activity;
  private final ChunkMetrics metrics;
  private final ContentPolicy contentPolicy;
  private final UnwantedFile unwantedFile;
  private final DamagedChunks damaged;

  ChunkIntake(
      StagingPlace place,
      ChunkRows rows,
      PartQueue parts,
      DatabaseClock clock,
      UploadActivity activity,
      ChunkMetrics metrics,
      ContentPolicy contentPolicy,
      UnwantedFile unwantedFile,
      DamagedChunks damaged) {
    this.place = place;
    this.rows = rows;
    this.parts = parts;
    this.clock = clock;
    this.activity = activity;
    this.metrics = metrics;
    this.contentPolicy = contentPolicy;
    this.unwantedFile = unwantedFile;
    this.damaged = damaged;
  }

  /// Where the chunk stands before its body is read.
  ///
  /// @throws ProblemException 409: whatever the bytes are, they would be refused
  Standing look(IncomingChunk chunk) {
    Standing standing = rows.standing(chunk.upload().id(), chunk.index());
    standing.checkBeforeBody(chunk);
    return standing;
  }

  /// Takes the body in.
  ///
  /// @return the chunk's status once the client may be told
  /// @throws ProblemException the bytes are refused; nothing is kept
  /// @throws IOException the body broke off, or staging has no room; nothing is kept
  ChunkStatus take(IncomingChunk chunk, Standing standing, RequestBody body) throws IOException {
    return standing.wantsBytes()
        ? takeNew(chunk, standing, body)
        : judgeAgain(chunk, compare(chunk, body));
  }

  private ChunkStatus takeNew(IncomingChunk chunk, Standing standing, RequestBody body)
      throws IOException {
    // Before the first byte, not after the last: a process can be frozen between the two, or right
    // after the second, and the sweeper ages the bytes from the moment at which it sees them first.
    Instant began = clock.now();
    // What was accepted once is accepted again.
    boolean isBegin = chunk.index() == 0 && !standing.isDamaged();
    if (isBegin) {
      body.keepHead(ContentPolicy.HEAD_BYTES);
    }
    StagedBytes staged = stage(chunk, body);
    Failpoint.hit("gateway.chunk-staged");
    activity.touch(chunk.upload().id());
    Optional<ChunkStatus> kept = Optional.empty();
    boolean known = false;
    try {
      checkDigest(chunk, staged.digest());
      standing.checkRepair(staged.digest());
      Optional<String> contentType =
          isBegin ? Optional.of(acceptType(chunk.upload(), body.head())) : Optional.empty();
      ReceivedChunk received = new ReceivedChunk(chunk, staged, began, contentType);
      kept = standing.isDamaged() ? repair(received) : commit(received, standing);
      ChunkStatus status = kept.isPresent() ? kept.get() : judgeAgain(chunk, staged.digest());
      known = true;
      return status;
    } catch (ProblemException refused) {
      known = true;
      throw refused;
    } finally {
      // Where the database broke off the row may be there and name these bytes, so they stay.
      if (known && kept.isEmpty()) {
        place.discard(staged);
      }
    }
  }

  /// @throws ProblemException 415: the file is not accepted, and its upload has ended
  private String acceptType(UploadFacts upload, byte[] head) {
    try {
      return contentPolicy.accept(upload.fileName(), head);
    } catch (ProblemException refused) {
      unwantedFile.fail(upload.id(), refused.problem());
      throw refused;
    }
  }

  private StagedBytes stage(IncomingChunk chunk, RequestBody body) throws IOException {
    long began = System.nanoTime();
    try {
      StagedBytes staged = place.stage(chunk.stageRequest(), body);
      metrics.staged(System.nanoTime() - began);
      return staged;
    } catch (BodyLengthException e) {
      throw chunk.wrongLength(body.readBytes() > chunk.lengthBytes());
    }
  }

  private static void checkDigest(IncomingChunk chunk, ByteDigest digest) {
    if (chunk.declaredSha256().isPresent()
        && !chunk.declaredSha256().get().equals(digest.sha256())) {
      throw new ProblemException(
          ProblemCode.CHECKSUM_MISMATCH, "The body's SHA-256 is " + digest.sha256() + ".");
    }
  }

  /// Digests a chunk that is there already; its bytes are kept once.
  private ByteDigest compare(IncomingChunk chunk, RequestBody body) throws IOException {
    StagingBody repeated = new StagingBody(chunk.stageRequest(), body);
    try (DirectBuffers.Lease lease = DirectBuffers.shared().lend()) {
      while (repeated.fill(lease.buffer().clear())) {
        // The digest is taken where the body is read.
      }
    } catch (BodyLengthException e) {
      throw chunk.wrongLength(body.readBytes() > chunk.lengthBytes());
    }
    ByteDigest digest = repeated.digest();
    checkDigest(chunk, digest);
    activity.touch(chunk.upload().id());
    return digest;
  }

  /// Empty: the row is not ours.
  private Optional<ChunkStatus> commit(ReceivedChunk received, Standing standing) {
    IncomingChunk chunk = received.chunk();
    UUID id = chunk.upload().id();
    ChunkPlan plan = chunk.upload().plan();
    boolean whole = isWholePart(plan, chunk.index());
    Ticket ticket = whole ? parts.ask(id, plan) : new Ticket.Wait();
    Optional<Instant> committed = Optional.empty();
    try {
      committed =
          rows.commit(
              received, standing.upload() == UploadStatus.INITIATED, ticket instanceof Ticket.Go);
    } finally {
      if (committed.isEmpty()) {
        parts.giveBack(id, ticket);
      }
    }
    if (committed.isEmpty()) {
      return Optional.empty();
    }
    Failpoint.hit("gateway.chunk-committed");
    metrics.acknowledged(chunk.lengthBytes());
    enqueue(chunk, ticket, committed.get());
    return Optional.of(ChunkStatus.STAGED);
  }

  /// Empty: the row is not ours.
  private Optional<ChunkStatus> repair(ReceivedChunk received) {
    return damaged
        .repair(received)
        .map(at -> {
          metrics.acknowledged(received.chunk().lengthBytes());
          enqueue(received.chunk(), new Ticket.Wait(), at);
          return ChunkStatus.STAGED;
        });
  }

  private static boolean isWholePart(ChunkPlan plan, int index) {
    int part = plan.partOf(index);
    return plan.firstChunkOf(part) == plan.lastChunkOf(part);
  }

  /// The chunk is acknowledged already, so nothing that goes wrong here is the client's affair.
  private void enqueue(IncomingChunk chunk, Ticket ticket, Instant committedAt) {
    UUID id = chunk.upload().id();
    ChunkPlan plan = chunk.upload().plan();
    try {
      if (ticket instanceof Ticket.Go go) {
        parts.enqueue(id, plan, plan.partOf(chunk.index()), go, committedAt);
      } else {
        // Also where the window was full: a permit may have come back between the question and the
        // commit, and whoever gave it back could not see this row yet.
        parts.enqueueIfWhole(id, plan, chunk.index());
      }
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("a staged part was not enqueued; the reaper will");
    }
  }

  private ChunkStatus judgeAgain(IncomingChunk chunk, ByteDigest sent) {
    Standing now = rows.standing(chunk.upload().id(), chunk.index());
    if (now.wantsBytes() && (now.upload().isActive() || now.isDamaged())) {
      // Active, no row, and yet no row written: staging was begun too long ago.
      throw new ProblemException(
          new Problem(ProblemCode.SERVICE_UNAVAILABLE, "This took too long here; send it again.")
              .retryAfter(Duration.ofSeconds(1)));
    }
    return now.judge(sent);
  }
}
