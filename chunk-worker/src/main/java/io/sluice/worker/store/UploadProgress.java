package io.sluice.worker.store;

import io.sluice.model.job.Job;
import io.sluice.model.upload.UploadStatus;
import io.sluice.queue.produce.PendingJob;
import io.sluice.worker.store.CommitOutcome.Next;
import io.sluice.worker.upload.UploadEnding;
import io.sluice.worker.upload.UploadEnding.Completion;
import io.sluice.worker.upload.VerifiedFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The upload rows of one commit. Everything here runs inside the caller's transaction.
@Component
final class UploadProgress {

  /// In id order, so that two workers never wait for each other in a circle. Does not conflict with the
  /// key-share lock of a chunk commit; does with the lock of whoever ends the upload.
  private static final String LOCK =
      """
      select id, status, auto_complete, total_chunks, stored_chunks, declared_sha256, sha256, multipart_id
      from uploads where id = any(cast(:ids as uuid[])) order by id for no key update
      """;

  private static final String ADVANCE =
      """
      update uploads u
      set stored_chunks = u.stored_chunks + s.chunks,
          status = case when s.completing then 'COMPLETING' else u.status end,
          enqueued_at = case when s.finalize then now() else u.enqueued_at end,
          updated_at = now()
      from unnest(cast(:ids as uuid[]), cast(:chunks as int[]), cast(:completing as boolean[]),
                  cast(:finalize as boolean[])) as s(upload_id, chunks, completing, finalize)
      where u.id = s.upload_id
      returning u.id, u.enqueued_at
      """;

  /// What one upload gains by this commit.
  record Gain(LockedUpload upload, int chunks, @Nullable VerifiedFile file) {
    LockedUpload.Turn turn() {
      return upload.after(chunks, file);
    }

    /// Whether the update that completes it can count its chunks as well.
    boolean isCountedAtItsEnd() {
      return turn() == LockedUpload.Turn.COMPLETE && upload.status() == UploadStatus.COMPLETING;
    }
  }

  private final JdbcClient jdbc;
  private final UploadEnding ending;

  UploadProgress(JdbcClient jdbc, UploadEnding ending) {
    this.jdbc = jdbc;
    this.ending = ending;
  }

  Map<UUID, LockedUpload> lock(Collection<UUID> uploads) {
    Map<UUID, LockedUpload> locked = new LinkedHashMap<>();
    jdbc.sql(LOCK)
        .param("ids", texts(uploads))
        .query((row, number) -> map(row))
        .list()
        .forEach(upload -> locked.put(upload.id(), upload));
    return locked;
  }

  /// Counts what was stored, and completes, fails or hands over the uploads that have everything now.
  Map<UUID, Next> advance(Collection<Gain> gains) {
    if (gains.isEmpty()) {
      return Map.of();
    }
    Map<UUID, Instant> enqueued =
        count(gains.stream().filter(gain -> !gain.isCountedAtItsEnd()).toList());
    complete(gains);
    Map<UUID, PendingJob> failed = failChecksums(gains);
    Map<UUID, Next> next = new HashMap<>();
    for (Gain gain : gains) {
      UUID id = gain.upload().id();
      next.put(
          id,
          switch (gain.turn()) {
            case WAIT -> new Next.Wait();
            case COMPLETE -> new Next.Completed();
            case FAIL_CHECKSUM -> new Next.Failed(Objects.requireNonNull(failed.get(id)));
            case FINALIZE ->
                new Next.Enqueue(
                    new PendingJob(
                        new Job.FinalizeUpload(id), Objects.requireNonNull(enqueued.get(id))));
          });
    }
    return next;
  }

  private Map<UUID, Instant> count(List<Gain> gains) {
    if (gains.isEmpty()) {
      return Map.of();
    }
    boolean[] completing = new boolean[gains.size()];
    boolean[] finalize = new boolean[gains.size()];
    for (int i = 0; i < gains.size(); i++) {
      LockedUpload.Turn turn = gains.get(i).turn();
      completing[i] =
          turn != LockedUpload.Turn.WAIT
              && gains.get(i).upload().status() == UploadStatus.IN_PROGRESS;
      finalize[i] = turn == LockedUpload.Turn.FINALIZE;
    }
    Map<UUID, Instant> enqueued = new HashMap<>();
    jdbc.sql(ADVANCE)
        .param("ids", texts(gains.stream().map(gain -> gain.upload().id()).toList()))
        .param("chunks", gains.stream().mapToInt(Gain::chunks).toArray())
        .param("completing", completing)
        .param("finalize", finalize)
        .query((row, number) -> {
          OffsetDateTime at = row.getObject("enqueued_at", OffsetDateTime.class);
          if (at != null) {
            enqueued.put(row.getObject("id", UUID.class), at.toInstant());
          }
          return number;
        })
        .list();
    return enqueued;
  }

  private void complete(Collection<Gain> gains) {
    List<Completion> completions = new ArrayList<>();
    for (Gain gain : gains) {
      VerifiedFile file = gain.file();
      if (gain.turn() == LockedUpload.Turn.COMPLETE && file != null) {
        int chunks = gain.isCountedAtItsEnd() ? gain.chunks() : 0;
        completions.add(new Completion(gain.upload().id(), file, chunks));
      }
    }
    int completed = ending.complete(completions).size();
    if (completed != completions.size()) {
      throw new IllegalStateException(
          "%d locked uploads, %d completed".formatted(completions.size(), completed));
    }
  }

  private Map<UUID, PendingJob> failChecksums(Collection<Gain> gains) {
    List<UUID> wrong =
        gains.stream()
            .filter(gain -> gain.turn() == LockedUpload.Turn.FAIL_CHECKSUM)
            .map(gain -> gain.upload().id())
            .toList();
    return ending.failChecksum(wrong);
  }

  private static LockedUpload map(ResultSet row) throws SQLException {
    return new LockedUpload(
        row.getObject("id", UUID.class),
        UploadStatus.valueOf(row.getString("status")),
        row.getBoolean("auto_complete"),
        row.getObject("total_chunks", Integer.class),
        row.getInt("stored_chunks"),
        row.getString("declared_sha256"),
        row.getString("sha256"),
        row.getString("multipart_id"));
  }

  private static String[] texts(Collection<UUID> ids) {
    return ids.stream().map(UUID::toString).toArray(String[]::new);
  }
}
