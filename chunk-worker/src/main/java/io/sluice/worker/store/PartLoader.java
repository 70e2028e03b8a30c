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
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads what a batch of jobs is about, in one question for its uploads and one for the chunks of each
/// wave, and judges each job.
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

  private final WorkUploads uploads;
  private final JdbcClient jdbc;

  PartLoader(WorkUploads uploads, JdbcClient jdbc) {
    this.uploads = uploads;
    this.jdbc = jdbc;
  }

  /// What each job is about, in their order: the upload, not yet its chunks.
  List<PartPlace> find(List<StorePart> jobs) {
    Map<UUID, WorkUpload> found =
        uploads.find(jobs.stream().map(StorePart::uploadId).toList()).stream()
            .collect(Collectors.toMap(WorkUpload::id, Function.identity()));
    return jobs.stream().map(job -> place(job, found.get(job.uploadId()))).toList();
  }

  private static PartPlace place(StorePart job, @Nullable WorkUpload upload) {
    if (upload == null || upload.isGone()) {
      return new PartPlace(job, upload, null);
    }
    return new PartPlace(
        job, upload, upload.plan().filter(plan -> job.part() < plan.totalParts()).orElse(null));
  }

  /// Judges one job by its rows as they are now.
  PartJudgement judge(StorePart job) {
    return judge(find(List.of(job))).getFirst();
  }

  /// Reads the chunks of parts, no two of them the same.
  ///
  /// @return one judgement for each, in their order
  List<PartJudgement> judge(List<PartPlace> places) {
    Map<UUID, List<ChunkRow>> rows =
        chunksOf(places.stream().filter(place -> place.rows() > 0).toList());
    return places.stream().map(place -> judge(place, rows)).toList();
  }

  private Map<UUID, List<ChunkRow>> chunksOf(List<PartPlace> places) {
    if (places.isEmpty()) {
      return Map.of();
    }
    return jdbc
        .sql(CHUNKS)
        .param(
            "uploads",
            places.stream().map(place -> place.job().uploadId().toString()).toArray(String[]::new))
        .param("firsts", places.stream().mapToInt(PartPlace::first).toArray())
        .param("lasts", places.stream().mapToInt(PartPlace::last).toArray())
        .query(Chunks.ROW)
        .list()
        .stream()
        .collect(Collectors.groupingBy(ChunkRow::uploadId));
  }

  private static PartJudgement judge(PartPlace place, Map<UUID, List<ChunkRow>> rows) {
    StorePart job = place.job();
    WorkUpload upload = place.upload();
    ChunkPlan plan = place.plan();
    if (upload == null) {
      return new Nothing(null, "no such upload");
    }
    if (upload.isGone()) {
      return new Ended(upload);
    }
    if (plan == null) {
      return new Nothing(upload, upload.plan().isEmpty() ? "size not known yet" : "no such part");
    }
    List<ChunkRow> chunks =
        rows.getOrDefault(upload.id(), List.of()).stream()
            .filter(row -> row.chunkIndex() >= place.first() && row.chunkIndex() <= place.last())
            .toList();
    PartWork work = new PartWork(job, upload, plan, chunks);
    if (chunks.stream().allMatch(row -> row.status() == ChunkStatus.STORED)
        && (!chunks.isEmpty() || upload.status().isTerminal())) {
      // The rows of a finished upload may have been pruned.
      return new AlreadyStored(work);
    }
    boolean complete =
        chunks.size() == place.rows()
            && chunks.stream().noneMatch(row -> row.status() == ChunkStatus.STORED);
    return complete ? new Store(work) : new Incomplete(work);
  }
}
