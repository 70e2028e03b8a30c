package io.sluice.worker.store;

import io.sluice.metadata.chunk.ChunkRow;
import io.sluice.metadata.chunk.Chunks;
import io.sluice.model.chunk.ChunkPlan;
import io.sluice.model.chunk.ChunkStatus;
import io.sluice.model.job.Job.StorePart;
import io.sluice.worker.store.PartJudgement.AlreadyStored;
import io.sluice.worker.store.PartJudgement.Ended;
import io.sluice.worker.store.PartJudgement.Incomplete;
import io.sluice.worker.store.PartJudgement.Nothing;
import io.sluice.worker.store.PartJudgement.Store;
import io.sluice.worker.upload.WorkUpload;
import io.sluice.worker.upload.WorkUploads;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads what a batch of jobs is about, in two questions however many jobs it has, and judges each.
@Component
final class PartLoader {

  private static final String CHUNKS =
      """
      select chunks.*
      from unnest(cast(:uploads as uuid[]), cast(:firsts as int[]), cast(:lasts as int[]))
             as wanted(upload_id, first, last)
        join chunks on chunks.upload_id = wanted.upload_id
                   and chunks.chunk_index between wanted.first and wanted.last
      order by chunks.upload_id, chunks.chunk_index
      """;

  private record Place(StorePart job, WorkUpload upload, ChunkPlan plan) {
    int first() {
      return plan.firstChunkOf(job.part());
    }

    int last() {
      return plan.lastChunkOf(job.part());
    }
  }

  private record Key(UUID uploadId, int part) {
    static Key of(StorePart job) {
      return new Key(job.uploadId(), job.part());
    }
  }

  private final WorkUploads uploads;
  private final JdbcClient jdbc;

  PartLoader(WorkUploads uploads, JdbcClient jdbc) {
    this.uploads = uploads;
    this.jdbc = jdbc;
  }

  /// One judgement for each job, in their order.
  List<PartJudgement> judge(List<StorePart> jobs) {
    Map<UUID, WorkUpload> found =
        uploads.find(jobs.stream().map(StorePart::uploadId).toList()).stream()
            .collect(Collectors.toMap(WorkUpload::id, Function.identity()));
    Map<Key, Place> places =
        jobs.stream()
            .flatMap(job -> place(job, found.get(job.uploadId())).stream())
            .collect(
                Collectors.toMap(
                    place -> Key.of(place.job()), Function.identity(), (one, same) -> one));
    Map<UUID, List<ChunkRow>> rows = chunksOf(List.copyOf(places.values()));
    return jobs.stream()
        .map(job -> judge(job, found.get(job.uploadId()), places.get(Key.of(job)), rows))
        .toList();
  }

  private static Optional<Place> place(StorePart job, @Nullable WorkUpload upload) {
    if (upload == null || upload.isGone()) {
      return Optional.empty();
    }
    return upload
        .plan()
        .filter(plan -> job.part() < plan.totalParts())
        .map(plan -> new Place(job, upload, plan));
  }

  private Map<UUID, List<ChunkRow>> chunksOf(List<Place> places) {
    if (places.isEmpty()) {
      return Map.of();
    }
    return jdbc
        .sql(CHUNKS)
        .param(
            "uploads", places.stream().map(p -> p.upload().id().toString()).toArray(String[]::new))
        .param("firsts", places.stream().mapToInt(Place::first).toArray())
        .param("lasts", places.stream().mapToInt(Place::last).toArray())
        .query(Chunks.ROW)
        .list()
        .stream()
        .collect(Collectors.groupingBy(ChunkRow::uploadId));
  }

  private static PartJudgement judge(
      StorePart job,
      @Nullable WorkUpload upload,
      @Nullable Place place,
      Map<UUID, List<ChunkRow>> rows) {
    if (upload == null) {
      return new Nothing(null, "no such upload");
    }
    if (upload.isGone()) {
      return new Ended(upload);
    }
    if (place == null) {
      return new Nothing(upload, upload.plan().isEmpty() ? "size not known yet" : "no such part");
    }
    List<ChunkRow> chunks =
        rows.getOrDefault(upload.id(), List.of()).stream()
            .filter(row -> row.chunkIndex() >= place.first() && row.chunkIndex() <= place.last())
            .toList();
    PartWork work = new PartWork(job, upload, place.plan(), chunks);
    if (chunks.stream().allMatch(row -> row.status() == ChunkStatus.STORED)
        && (!chunks.isEmpty() || upload.status().isTerminal())) {
      // The rows of a finished upload may have been pruned.
      return new AlreadyStored(work);
    }
    boolean complete =
        chunks.size() == place.last() - place.first() + 1
            && chunks.stream().allMatch(row -> row.status() == ChunkStatus.STAGED);
    return complete ? new Store(work) : new Incomplete(work);
  }
}
