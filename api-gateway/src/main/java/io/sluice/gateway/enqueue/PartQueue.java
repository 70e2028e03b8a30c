package io.sluice.gateway.enqueue;

import io.sluice.coordination.window.UploadWindow;
import io.sluice.coordination.window.WindowDecision;
import io.sluice.coordination.window.WindowSize;
import io.sluice.failpoint.Failpoint;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import io.sluice.queue.produce.EnqueueResult;
import io.sluice.queue.produce.JobQueue;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Puts parts into the queue, no more of one upload at once than its window allows.
///
/// Nothing here fails a request: its chunk is durable, and the reaper finds every part without a job.
@Component
public final class PartQueue {

  private static final Logger LOG = LoggerFactory.getLogger(PartQueue.class);

  /// No row: the part is not whole yet, or somebody else enqueued it. Rows: it is ours to enqueue.
  private static final String TAKE =
      """
      update chunks set enqueued_at = now()
      where upload_id = :id and chunk_index between :first and :last and status = 'STAGED'
        and enqueued_at is null and next_attempt_at is null
        and :chunks = (select count(*) from chunks
            where upload_id = :id and chunk_index between :first and :last and status = 'STAGED')
      returning enqueued_at
      """;

  private static final String STAGED =
      """
      select count(*) from chunks
      where upload_id = :id and chunk_index between :first and :last and status = 'STAGED'
        and enqueued_at is null and next_attempt_at is null
      """;

  private final UploadWindow window;
  private final JobQueue queue;
  private final JdbcClient jdbc;
  private final WindowSize size;

  PartQueue(UploadWindow window, JobQueue queue, JdbcClient jdbc, WindowSize size) {
    this.window = window;
    this.queue = queue;
    this.jdbc = jdbc;
    this.size = size;
  }

  /// How many parts of one upload may be on their way at once.
  public int permits() {
    return size.permits();
  }

  /// Asks for one more part of an upload.
  public Ticket ask(UUID uploadId, ChunkPlan plan) {
    int permits = size.permits();
    if (plan.totalParts() <= permits) {
      return new Ticket.Go(null);
    }
    return switch (window.tryAcquire(uploadId, permits, size.lease())) {
      case WindowDecision.Permit(String id) -> new Ticket.Go(id);
      case WindowDecision.Unavailable() -> new Ticket.Go(null);
      case WindowDecision.Full() -> new Ticket.Wait();
    };
  }

  /// Gives back what will not be used.
  public void giveBack(UUID uploadId, Ticket ticket) {
    if (ticket instanceof Ticket.Go(String permitId) && permitId != null) {
      window.release(uploadId, permitId);
    }
  }

  /// Enqueues a part whose row says so already.
  public void enqueue(UUID uploadId, ChunkPlan plan, int part, Ticket.Go ticket, Instant at) {
    Job job = new Job.StorePart(uploadId, part, ticket.permitId(), Lane.ofParts(plan));
    if (queue.enqueue(job, at) instanceof EnqueueResult.NotEnqueued(String cause)) {
      LOG.atDebug().addKeyValue("part", part).addKeyValue("cause", cause).log("job not enqueued");
      giveBack(uploadId, ticket);
    }
    Failpoint.hit("gateway.chunk-enqueued");
  }

  /// Enqueues the part that holds a chunk if it is whole, not enqueued, and the window has room.
  public void enqueueIfWhole(UUID uploadId, ChunkPlan plan, int chunkIndex) {
    int part = plan.partOf(chunkIndex);
    // Asked first because most chunks of a long part come before its last one, and a permit costs a
    // round trip to Redis.
    if (!isWhole(uploadId, plan, part) || !(ask(uploadId, plan) instanceof Ticket.Go ticket)) {
      return;
    }
    List<Instant> taken = take(uploadId, plan, part);
    if (taken.isEmpty()) {
      giveBack(uploadId, ticket);
    } else {
      enqueue(uploadId, plan, part, ticket, taken.getFirst());
    }
  }

  private boolean isWhole(UUID uploadId, ChunkPlan plan, int part) {
    int staged =
        jdbc.sql(STAGED)
            .param("id", uploadId)
            .param("first", plan.firstChunkOf(part))
            .param("last", plan.lastChunkOf(part))
            .query(Integer.class)
            .single();
    return staged == chunksOf(plan, part);
  }

  private List<Instant> take(UUID uploadId, ChunkPlan plan, int part) {
    return jdbc.sql(TAKE)
        .param("id", uploadId)
        .param("first", plan.firstChunkOf(part))
        .param("last", plan.lastChunkOf(part))
        .param("chunks", chunksOf(plan, part))
        .query((row, number) -> row.getObject("enqueued_at", OffsetDateTime.class).toInstant())
        .list();
  }

  private static int chunksOf(ChunkPlan plan, int part) {
    return plan.lastChunkOf(part) - plan.firstChunkOf(part) + 1;
  }
}
