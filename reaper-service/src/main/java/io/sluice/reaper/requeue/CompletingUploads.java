package io.sluice.reaper.requeue;

import io.sluice.queue.produce.PendingJob;
import io.sluice.reaper.job.JobSender;
import io.sluice.reaper.job.MarkedUpload;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.Run;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Uploads that were accepted as complete and got stuck: everything is stored, and nobody ever made the
/// finalise job. None is ended here, whatever became of its chunks: that they cannot be stored is no fault
/// of its client's.
///
/// Walks all COMPLETING uploads a slice at a time, since what is asked may not be in an index: their
/// counters must stay cheap to update.
@Component
final class CompletingUploads {

  private static final String SLICE =
      """
      select id from uploads where status = 'COMPLETING' and id > cast(:after as uuid)
      order by id limit cast(:batch as int)
      """;

  private static final String ENQUEUE =
      """
      with ready as (
        select id from uploads
        where id = any(cast(:ids as uuid[])) and status = 'COMPLETING'
          and stored_chunks = total_chunks and enqueued_at is null and next_attempt_at is null
        order by id for update skip locked
      )
      update uploads u set enqueued_at = now() from ready where u.id = ready.id
      returning u.id, u.enqueued_at
      """;

  private final JdbcClient jdbc;
  private final JobSender sender;

  CompletingUploads(JdbcClient jdbc, JobSender sender) {
    this.jdbc = jdbc;
    this.sender = sender;
  }

  /// The next COMPLETING uploads in order of id.
  List<UUID> slice(UUID after, int batch) {
    return jdbc.sql(SLICE)
        .param("after", after.toString())
        .param("batch", batch)
        .query((row, number) -> row.getObject("id", UUID.class))
        .list();
  }

  /// Repairs those of a slice that are stuck.
  ///
  /// @return false if the queue is away
  boolean repair(List<UUID> slice, Run run) {
    String[] ids = slice.stream().map(UUID::toString).toArray(String[]::new);
    List<PendingJob> finals =
        jdbc.sql(ENQUEUE).param("ids", ids).query(MarkedUpload::map).list().stream()
            .map(MarkedUpload::finalise)
            .toList();
    run.repaired(Repair.FINALIZE, finals.size());
    return sender.send(finals);
  }
}
