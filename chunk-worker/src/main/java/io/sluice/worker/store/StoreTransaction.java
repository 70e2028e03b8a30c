package io.sluice.worker.store;

import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.model.job.Job;
import io.sluice.queue.produce.PendingJob;
import io.sluice.worker.retry.DeadLetters;
import io.sluice.worker.store.CommitOutcome.Committed;
import io.sluice.worker.store.CommitOutcome.LandedTooLate;
import io.sluice.worker.store.CommitOutcome.Next;
import io.sluice.worker.store.CommitOutcome.SomeoneWasFirst;
import io.sluice.worker.store.UploadProgress.Gain;
import io.sluice.worker.store.WaitingParts.Taken;
import io.sluice.worker.store.WaitingParts.Wish;
import io.sluice.worker.upload.UploadEnding;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// The one commit of any number of stored parts: their chunks become STORED, their uploads count them,
/// and those that are whole go on to their end.
@Component
final class StoreTransaction {

  /// A part is stored whole or not at all: one of its chunks may have been damaged and sent again under
  /// another name meanwhile. No chunk can change between the two halves, because workers change chunks
  /// only under the lock on their upload, which is held here.
  /// A part that is not in the answer was not ours.
  private static final String MARK_STORED =
      """
      with put as (
        select * from unnest(cast(:works as int[]), cast(:expected as int[]), cast(:uploads as uuid[]),
                             cast(:indexes as int[]), cast(:keys as text[]), cast(:etags as text[]))
                        as p(work, expected, upload_id, chunk_index, staging_key, etag)
      ), whole as (
        select p.work from put p
          join chunks c on c.upload_id = p.upload_id and c.chunk_index = p.chunk_index
                       and c.staging_key = p.staging_key and c.status in ('STAGED', 'DAMAGED')
        group by p.work, p.expected having count(*) = p.expected
      )
      update chunks c
      set status = 'STORED', etag = p.etag, stored_at = now(),
          enqueued_at = null, next_attempt_at = null, last_error = null
      from put p join whole on whole.work = p.work
      where c.upload_id = p.upload_id and c.chunk_index = p.chunk_index
        and c.staging_key = p.staging_key and c.status in ('STAGED', 'DAMAGED')
      returning p.work, c.size_bytes, c.first_failed_at is not null as failed_before,
                extract(epoch from clock_timestamp() - c.staged_at)::float8 as seconds
      """;

  private record Marked(
      int work, long sizeBytes, boolean failedBefore, Duration sinceAcknowledged) {}

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final UploadProgress progress;
  private final UploadEnding ending;
  private final WaitingParts waiting;
  private final HandOn handOn;
  private final StoreMetrics metrics;
  private final DeadLetters letters;

  StoreTransaction(
      JdbcClient jdbc,
      TransactionTemplate transactions,
      UploadProgress progress,
      UploadEnding ending,
      WaitingParts waiting,
      HandOn handOn,
      StoreMetrics metrics,
      DeadLetters letters) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.progress = progress;
    this.ending = ending;
    this.waiting = waiting;
    this.handOn = handOn;
    this.metrics = metrics;
    this.letters = letters;
  }

  private record Result(List<CommitOutcome> outcomes, List<Marked> marked) {}

  /// Commits, and answers for each part in the order given.
  List<CommitOutcome> commit(List<StoredWork> parts) {
    long begun = System.nanoTime();
    Result result = transactions.execute(status -> run(parts));
    metrics.committed(System.nanoTime() - begun);
    result.marked().forEach(one -> metrics.stored(one.sizeBytes(), one.sinceAcknowledged()));
    return result.outcomes();
  }

  private Result run(List<StoredWork> parts) {
    Map<UUID, LockedUpload> uploads = progress.lock(uploadsOf(parts));
    Set<UUID> gone =
        uploads.values().stream()
            .filter(LockedUpload::isGone)
            .map(LockedUpload::id)
            .collect(Collectors.toSet());
    List<Marked> marked = mark(parts, uploads);
    Map<Integer, Long> chunksOf =
        marked.stream().collect(Collectors.groupingBy(Marked::work, Collectors.counting()));
    Map<UUID, Next> next = progress.advance(gains(parts, chunksOf, uploads));
    Map<UUID, Deque<Taken>> taken = takeNext(parts, chunksOf.keySet());
    Map<UUID, PendingJob> purges = ending.purgeAgain(gone);
    Map<Integer, String> parkedFor = resolve(parts, marked, next);
    List<CommitOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      StoredWork part = parts.get(i);
      UUID upload = part.work().upload().id();
      PendingJob purge = purges.get(upload);
      if (purge != null) {
        outcomes.add(new LandedTooLate(part, purge));
      } else if (chunksOf.containsKey(i)) {
        // What follows for an upload is said once, whichever of its parts hears it.
        Next follows = next.remove(upload);
        outcomes.add(
            new Committed(
                part,
                follows == null ? new Next.Wait() : follows,
                poll(taken, upload),
                Optional.ofNullable(parkedFor.get(i))));
      } else {
        outcomes.add(new SomeoneWasFirst(part));
      }
    }
    return new Result(outcomes, marked);
  }

  /// Why each part that had been parked was so. Only a part that failed before can have been.
  private Map<Integer, String> resolve(
      List<StoredWork> parts, List<Marked> marked, Map<UUID, Next> next) {
    Map<Integer, String> causes = new HashMap<>();
    marked.stream()
        .filter(Marked::failedBefore)
        .map(Marked::work)
        .distinct()
        .forEach(work -> {
          Job job = parts.get(work).work().job();
          letters.resolve(job).ifPresent(cause -> causes.put(work, cause));
          if (next.get(job.uploadId()) instanceof Next.Completed) {
            letters.resolveAll(job.uploadId());
          }
        });
    return causes;
  }

  /// Its upload lives, and has its parts where this one was put: the store may have forgotten a multipart
  /// upload, and another been begun, while the worker was frozen.
  private static boolean isWhereItBelongs(StoredWork part, @Nullable LockedUpload upload) {
    return upload != null
        && !upload.isGone()
        && (part.multipartId() == null || part.multipartId().equals(upload.multipartId()));
  }

  private static Set<UUID> uploadsOf(List<StoredWork> parts) {
    return parts.stream().map(part -> part.work().upload().id()).collect(Collectors.toSet());
  }

  private List<Marked> mark(List<StoredWork> parts, Map<UUID, LockedUpload> uploads) {
    List<Integer> works = new ArrayList<>();
    List<Integer> expected = new ArrayList<>();
    List<String> etags = new ArrayList<>();
    List<ChunkRow> rows = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      StoredWork part = parts.get(i);
      if (!isWhereItBelongs(part, uploads.get(part.work().upload().id()))) {
        continue;
      }
      for (ChunkRow row : part.work().chunks()) {
        works.add(i);
        expected.add(part.work().chunks().size());
        etags.add(part.etag());
        rows.add(row);
      }
    }
    if (rows.isEmpty()) {
      return List.of();
    }
    return jdbc.sql(MARK_STORED)
        .param("works", ints(works))
        .param("expected", ints(expected))
        .param(
            "uploads", rows.stream().map(row -> row.uploadId().toString()).toArray(String[]::new))
        .param("indexes", rows.stream().mapToInt(ChunkRow::chunkIndex).toArray())
        .param("keys", rows.stream().map(ChunkRow::stagingKey).toArray(String[]::new))
        .param("etags", etags.toArray(String[]::new))
        .query((row, number) ->
            new Marked(
                row.getInt("work"),
                row.getLong("size_bytes"),
                row.getBoolean("failed_before"),
                Duration.ofNanos((long) (row.getDouble("seconds") * 1e9))))
        .list();
  }

  private static Collection<Gain> gains(
      List<StoredWork> parts, Map<Integer, Long> chunksOf, Map<UUID, LockedUpload> uploads) {
    Map<UUID, Gain> gains = new LinkedHashMap<>();
    chunksOf.forEach((work, chunks) -> {
      StoredWork part = parts.get(work);
      LockedUpload upload = uploads.get(part.work().upload().id());
      if (upload == null) {
        throw new IllegalStateException("chunks without an upload");
      }
      gains.merge(
          upload.id(),
          new Gain(upload, chunks.intValue(), part.file()),
          (one, more) -> new Gain(upload, one.chunks() + more.chunks(), one.file()));
    });
    return gains.values();
  }

  /// As many parts of an upload as were stored take their places in its window.
  private Map<UUID, Deque<Taken>> takeNext(List<StoredWork> parts, Set<Integer> stored) {
    Map<UUID, Wish> wishes = new HashMap<>();
    for (int work : stored) {
      PartWork part = parts.get(work).work();
      if (handOn.isWindowed(part.job(), part.plan())) {
        wishes.merge(
            part.upload().id(),
            new Wish(part.upload().id(), part.plan(), 1),
            (one, more) -> new Wish(one.uploadId(), one.plan(), one.parts() + more.parts()));
      }
    }
    Map<UUID, Deque<Taken>> taken = new HashMap<>();
    waiting.take(wishes.values()).forEach((id, list) -> taken.put(id, new ArrayDeque<>(list)));
    return taken;
  }

  private static @Nullable Taken poll(Map<UUID, Deque<Taken>> taken, UUID upload) {
    Deque<Taken> parts = taken.get(upload);
    return parts == null ? null : parts.poll();
  }

  private static int[] ints(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }
}
