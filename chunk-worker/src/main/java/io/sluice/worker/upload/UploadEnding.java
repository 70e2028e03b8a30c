package io.sluice.worker.upload;

import io.sluice.model.job.Job;
import io.sluice.queue.produce.PendingJob;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The last steps of uploads. Each is guarded by the state it leaves: an upload that is not in the
/// answer was not there any more, and somebody else has seen to it.
@Component
public class UploadEnding {

  /// Where the gateway made a tag for a file that could be read before it was stored, that one stays.
  private static final String COMPLETE =
      """
      update uploads u
      set status = 'COMPLETED', stored_chunks = u.stored_chunks + s.chunks,
          completed_at = now(), listed_at = coalesce(u.listed_at, now()),
          etag = coalesce(u.etag, s.etag), crc32c = s.crc32c, sha256 = coalesce(u.sha256, s.sha256),
          enqueued_at = null, next_attempt_at = null, updated_at = now()
      from unnest(cast(:ids as uuid[]), cast(:chunks as int[]), cast(:etags as text[]),
                  cast(:crcs as int[]), cast(:sha256s as text[]))
             as s(upload_id, chunks, etag, crc32c, sha256)
      where u.id = s.upload_id and u.status = 'COMPLETING'
      returning u.id
      """;

  /// The one thing that ends an upload here, and it is the client's own: no store, disk or defect of ours does.
  private static final String FAIL_CHECKSUM =
      """
      update uploads
      set status = 'FAILED', end_code = 'file_checksum_mismatch',
          end_detail = 'The file does not match its declared checksum.', attempts = 0, first_failed_at = null,
          enqueued_at = now(), next_attempt_at = null, updated_at = now()
      where id = any(cast(:ids as uuid[])) and status in ('IN_PROGRESS', 'COMPLETING')
      returning id, enqueued_at
      """;

  /// Bytes landed after the purge, or while it ran: it is done again.
  private static final String PURGE_AGAIN =
      """
      update uploads set purged_at = null, enqueued_at = now(), next_attempt_at = null, updated_at = now()
      where id = any(cast(:ids as uuid[])) and status in ('FAILED', 'ABORTED', 'DELETED')
      returning id, enqueued_at
      """;

  /// An upload whose object was confirmed by its store.
  ///
  /// @param chunks of it that were stored and are not counted yet
  public record Completion(UUID uploadId, VerifiedFile file, int chunks) {}

  private final JdbcClient jdbc;

  UploadEnding(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// COMPLETING → COMPLETED.
  ///
  /// @return those that were ours to complete
  public List<UUID> complete(List<Completion> completions) {
    if (completions.isEmpty()) {
      return List.of();
    }
    List<VerifiedFile> files = completions.stream().map(Completion::file).toList();
    return jdbc.sql(COMPLETE)
        .param("ids", texts(completions.stream().map(Completion::uploadId).toList()))
        .param("chunks", completions.stream().mapToInt(Completion::chunks).toArray())
        .param("etags", files.stream().map(VerifiedFile::etag).toArray(String[]::new))
        .param("crcs", files.stream().mapToInt(VerifiedFile::crc32c).toArray())
        .param("sha256s", files.stream().map(VerifiedFile::sha256).toArray(String[]::new))
        .query((row, number) -> row.getObject("id", UUID.class))
        .list();
  }

  /// IN_PROGRESS or COMPLETING → FAILED: the file is not what its client declared.
  ///
  /// @return for each that was ours to fail, the job that purges it, to be enqueued after the commit
  public Map<UUID, PendingJob> failChecksum(Collection<UUID> uploads) {
    return uploads.isEmpty()
        ? Map.of()
        : purges(jdbc.sql(FAIL_CHECKSUM).param("ids", texts(uploads)));
  }

  /// Has uploads purged again that ended without becoming a file.
  ///
  /// @return for each, the job to be enqueued after the commit
  public Map<UUID, PendingJob> purgeAgain(Collection<UUID> uploads) {
    return uploads.isEmpty()
        ? Map.of()
        : purges(jdbc.sql(PURGE_AGAIN).param("ids", texts(uploads)));
  }

  private static Map<UUID, PendingJob> purges(JdbcClient.StatementSpec statement) {
    Map<UUID, PendingJob> purges = new HashMap<>();
    statement
        .query((row, number) ->
            new PendingJob(
                new Job.PurgeUpload(row.getObject("id", UUID.class)),
                row.getObject("enqueued_at", OffsetDateTime.class).toInstant()))
        .list()
        .forEach(purge -> purges.put(purge.job().uploadId(), purge));
    return purges;
  }

  private static String[] texts(Collection<UUID> ids) {
    return ids.stream().map(UUID::toString).toArray(String[]::new);
  }
}
