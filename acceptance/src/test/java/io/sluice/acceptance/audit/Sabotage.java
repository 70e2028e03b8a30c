package io.sluice.acceptance.audit;

import io.sluice.acceptance.digest.Digest;
import io.sluice.acceptance.facts.OpenMultipart;
import io.sluice.acceptance.history.HistoryEvent;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;

/// One way in which a system can break a promise, done to a made-up world by hand.
///
/// @param what happened
/// @param invariant that must notice
record Sabotage(String what, String invariant, Act act) {

  @FunctionalInterface
  interface Act {
    void on(MadeWorld world) throws Exception;
  }

  @Override
  public String toString() {
    return what;
  }

  private static final byte[] GARBAGE = {1, 2, 3};

  static List<Sabotage> all() {
    return List.of(
        new Sabotage(
            "an acknowledged upload vanishes",
            "acknowledged-uploads-exist",
            world -> {
              UUID id = world.any(Kind.UNTOUCHED).id();
              world.database().force("delete from uploads where id = '%s'".formatted(id));
              world
                  .database()
                  .force("delete from upload_events where upload_id = '%s'".formatted(id));
            }),
        new Sabotage(
            "an acknowledged chunk has no row",
            "acknowledged-chunks-have-rows",
            world ->
                world
                    .database()
                    .force(
                        "delete from chunks where upload_id = '%s' and chunk_index = 0"
                            .formatted(world.any(Kind.LEFT).id()))),
        new Sabotage(
            "an acknowledged chunk is marked DAMAGED",
            "acknowledged-chunks-have-rows",
            world -> damage(world, Kind.LEFT_IN_PART)),
        new Sabotage(
            "staged bytes are deleted too early",
            "acknowledged-chunks-are-recoverable",
            world -> {
              MadeUpload upload = world.any(Kind.LEFT_IN_PART);
              Files.delete(world.stagingRoot().resolve(upload.stagingKey(0)));
            }),
        new Sabotage(
            "staged bytes rot",
            "acknowledged-chunks-are-recoverable",
            world -> {
              MadeUpload upload = world.any(Kind.LEFT_IN_PART);
              byte[] rotten = upload.chunk(0);
              rotten[0] ^= 1;
              world.write(world.stagingRoot().resolve(upload.stagingKey(0)), rotten);
            }),
        new Sabotage(
            "a STORED chunk is not in the store",
            "acknowledged-chunks-are-recoverable",
            world -> Files.delete(world.objectFile(world.any(Kind.LEFT), 0))),
        new Sabotage(
            "an object loses a chunk after COMPLETED",
            "acknowledged-chunks-are-recoverable",
            world -> Files.delete(world.objectFile(world.any(Kind.PRUNED), 1))),
        new Sabotage(
            "one index is acknowledged for two contents",
            "acknowledged-chunks-are-immutable",
            world ->
                world
                    .history()
                    .add(
                        new HistoryEvent.ChunkAcknowledged(
                            world.any(Kind.COMPLETED).id(), 0, Digest.of(GARBAGE)))),
        new Sabotage(
            "an acknowledged chunk is asked for again",
            "acknowledged-chunks-never-go-missing",
            world ->
                world
                    .history()
                    .add(new HistoryEvent.MissingListed(world.any(Kind.LEFT).id(), List.of(0)))),
        new Sabotage(
            "a chunk's recorded CRC is wrong",
            "recorded-digests-are-true",
            world ->
                world
                    .database()
                    .force(
                        "update chunks set crc32c = crc32c + 1 where upload_id = '%s'"
                            .formatted(world.any(Kind.LEFT).id()))),
        new Sabotage(
            "a file's recorded SHA-256 is wrong",
            "recorded-digests-are-true",
            world ->
                world
                    .database()
                    .force(
                        "update uploads set sha256 = '%s' where id = '%s'"
                            .formatted("1".repeat(64), world.any(Kind.WHOLE).id()))),
        new Sabotage(
            "a COMPLETED answer was not true",
            "completed-answers-are-true",
            world ->
                world
                    .history()
                    .add(
                        new HistoryEvent.Completed(
                            world.any(Kind.LEFT).id(), world.any(Kind.LEFT).bytes().length, null))),
        new Sabotage(
            "a complete answered a wrong size",
            "completed-answers-are-true",
            world ->
                world
                    .history()
                    .add(
                        new HistoryEvent.Completed(
                            world.any(Kind.COMPLETED).id(), 1L << 40, null))),
        new Sabotage(
            "a one-request answer named a wrong digest",
            "completed-answers-are-true",
            world -> {
              MadeUpload whole = world.any(Kind.WHOLE);
              world
                  .history()
                  .add(
                      new HistoryEvent.FileAcknowledged(
                          whole.id(), whole.fileName(), whole.digest(), "2".repeat(64)));
            }),
        new Sabotage(
            "a download has a flipped bit",
            "completed-files-download-identical",
            world -> {
              byte[] flipped = world.any(Kind.COMPLETED).bytes().clone();
              flipped[flipped.length / 2] ^= 4;
              world.gateway().serve(world.any(Kind.COMPLETED).id(), flipped);
            }),
        new Sabotage(
            "a download is cut every time",
            "completed-files-download-identical",
            world -> world.gateway().cutShort(world.any(Kind.COMPLETED).id())),
        new Sabotage(
            "a COMPLETED file answers 404",
            "completed-files-download-identical",
            world -> world.gateway().forget(world.any(Kind.PRUNED).id())),
        new Sabotage(
            "ranges begin at the wrong byte",
            "completed-ranges-download-identical",
            world -> world.gateway().ignoreOffsets(world.any(Kind.COMPLETED).id())),
        new Sabotage(
            "a client got wrong bytes with a clean end",
            "clean-downloads-were-right",
            world ->
                world
                    .history()
                    .add(
                        new HistoryEvent.Downloaded(
                            world.any(Kind.COMPLETED).id(), 0, 3, "3".repeat(64), "4".repeat(64)))),
        new Sabotage(
            "an object has a piece too many",
            "one-object-per-completed-upload",
            world -> world.write(world.objectFile(world.any(Kind.COMPLETED), 99), GARBAGE)),
        new Sabotage(
            "an object is gone",
            "one-object-per-completed-upload",
            world -> Files.delete(world.objectFile(world.any(Kind.WHOLE), 0))),
        new Sabotage(
            "an object has other bytes of the same size",
            "one-object-per-completed-upload",
            world -> {
              MadeUpload whole = world.any(Kind.WHOLE);
              world.write(world.objectFile(whole, 0), new byte[whole.bytes().length]);
            }),
        new Sabotage(
            "a wrong checksum went through",
            "wrong-checksums-never-complete",
            world ->
                world
                    .database()
                    .force(
                        "insert into upload_events (upload_id, from_status, to_status) "
                            + "values ('%s', 'COMPLETING', 'COMPLETED')"
                                .formatted(world.any(Kind.FAILED).id()))),
        new Sabotage(
            "an object belongs to nobody",
            "no-object-without-owner",
            world -> world.writeLongAgo(world.objectRoot().resolve("ff/nobody/0"), GARBAGE)),
        new Sabotage(
            "a multipart upload belongs to nobody",
            "no-multipart-without-owner",
            world -> world.openMultiparts().add(new OpenMultipart("ff/nobody", "m", 3600))),
        new Sabotage(
            "a second multipart upload of one upload stays open",
            "no-multipart-without-owner",
            world -> {
              MadeUpload left = world.any(Kind.LEFT);
              world
                  .database()
                  .force(
                      "update uploads set multipart_id = 'mine' where id = '%s'"
                          .formatted(left.id()));
              world.openMultiparts().add(new OpenMultipart(left.objectKey(), "twin", 3600));
            }),
        new Sabotage(
            "staged bytes belong to nobody",
            "no-staged-bytes-without-row",
            world ->
                world.writeLongAgo(
                    world.stagingRoot().resolve("ff/" + new UUID(1, 1) + ".0.y"), GARBAGE)),
        new Sabotage(
            "staged bytes outlive their STORED row",
            "no-staged-bytes-without-row",
            world ->
                world.writeLongAgo(
                    world.stagingRoot().resolve(world.any(Kind.LEFT).stagingKey(0)), GARBAGE)),
        new Sabotage(
            "a STAGED row has a file cut short",
            "no-staged-row-without-bytes",
            world ->
                world.write(
                    world.stagingRoot().resolve(world.any(Kind.LEFT_IN_PART).stagingKey(0)),
                    new byte[0])),
        new Sabotage(
            "staged bytes that a row names are removed",
            "nothing-named-was-removed",
            world ->
                Files.delete(
                    world.stagingRoot().resolve(world.any(Kind.LEFT_IN_PART).stagingKey(0)))),
        new Sabotage(
            "what is left of a damaged chunk is removed",
            "nothing-named-was-removed",
            world -> {
              damage(world, Kind.LEFT_IN_PART);
              Files.delete(world.stagingRoot().resolve(world.any(Kind.LEFT_IN_PART).stagingKey(0)));
            }),
        new Sabotage(
            "the object of a file is removed",
            "nothing-named-was-removed",
            world -> Files.delete(world.objectFile(world.any(Kind.WHOLE), 0))),
        new Sabotage(
            "an object of somebody else is removed",
            "nothing-named-was-removed",
            world -> Files.delete(world.foreignObject())),
        new Sabotage(
            "an aborted upload leaves its object",
            "ended-uploads-are-purged",
            world -> world.write(world.objectFile(world.any(Kind.ABORTED), 0), GARBAGE)),
        new Sabotage(
            "a failed upload is never purged",
            "ended-uploads-are-purged",
            world ->
                world
                    .database()
                    .force(
                        "update uploads set purged_at = null where id = '%s'"
                            .formatted(world.any(Kind.FAILED).id()))),
        new Sabotage(
            "a multipart upload rises again after the abort",
            "ended-uploads-are-purged",
            world ->
                world
                    .openMultiparts()
                    .add(new OpenMultipart(world.any(Kind.ABORTED).objectKey(), "m", 0))),
        new Sabotage(
            "a deleted file still downloads",
            "deleted-files-are-gone",
            world -> world.gateway().serve(world.any(Kind.DELETED).id(), GARBAGE)),
        new Sabotage(
            "the history skips an edge",
            "state-history-is-legal",
            world ->
                world
                    .database()
                    .force(
                        "delete from upload_events where to_status = 'COMPLETING' and upload_id = '%s'"
                            .formatted(world.any(Kind.COMPLETED).id()))),
        new Sabotage(
            "a state changes past the history",
            "state-history-is-legal",
            world ->
                world
                    .database()
                    .force(
                        "update uploads set status = 'COMPLETING' where id = '%s'"
                            .formatted(world.any(Kind.UNTOUCHED).id()))),
        new Sabotage(
            "a terminal state is left",
            "state-history-is-legal",
            world ->
                world
                    .database()
                    .force(
                        """
                        update uploads set status = 'IN_PROGRESS', purged_at = null where id = '%1$s';
                        insert into upload_events (upload_id, from_status, to_status)
                          values ('%1$s', 'ABORTED', 'IN_PROGRESS')
                        """
                            .formatted(world.any(Kind.ABORTED).id()))),
        new Sabotage(
            "a client sees COMPLETED turn back",
            "clients-see-states-in-order",
            world ->
                world
                    .history()
                    .add(
                        new HistoryEvent.StatusSeen(world.any(Kind.COMPLETED).id(), "COMPLETING"))),
        new Sabotage(
            "an abort and a complete both win",
            "aborts-are-final",
            world -> world.history().add(new HistoryEvent.Aborted(world.any(Kind.COMPLETED).id()))),
        new Sabotage(
            "an upload expires under its client",
            "uploads-end-for-a-reason",
            world ->
                world
                    .database()
                    .force(
                        """
                        update uploads set status = 'ABORTED', end_code = 'expired', purged_at = now()
                        where id = '%1$s';
                        insert into upload_events (upload_id, from_status, to_status)
                          values ('%1$s', 'INITIATED', 'ABORTED')
                        """
                            .formatted(world.any(Kind.UNTOUCHED).id()))),
        new Sabotage(
            "an upload fails for what the store did",
            "uploads-end-for-a-reason",
            world -> end(world, Kind.LEFT, "FAILED", "store_refused")),
        new Sabotage(
            "an upload fails by a checksum that its client never declared wrongly",
            "uploads-end-for-a-reason",
            world -> end(world, Kind.LEFT, "FAILED", "file_checksum_mismatch")),
        new Sabotage(
            "an upload expires with acknowledged bytes",
            "kept-uploads-go-on",
            world -> end(world, Kind.LEFT, "ABORTED", "expired")),
        new Sabotage(
            "an upload fails while its client goes on",
            "kept-uploads-go-on",
            world -> end(world, Kind.LEFT_IN_PART, "FAILED", "retries_exhausted")),
        new Sabotage(
            "a file of one request is deleted unasked",
            "kept-uploads-go-on",
            world -> end(world, Kind.WHOLE, "DELETED", "deleted")),
        new Sabotage(
            "a redelivered job marks a chunk DAMAGED",
            "chunks-are-damaged-for-a-reason",
            world -> damage(world, Kind.LEFT)),
        new Sabotage(
            "a chunk is counted twice",
            "counters-add-up",
            world ->
                world
                    .database()
                    .force(
                        "update uploads set stored_chunks = stored_chunks + 1 where id = '%s'"
                            .formatted(world.any(Kind.LEFT).id()))),
        new Sabotage(
            "a repeated init makes a twin",
            "one-upload-per-request",
            world ->
                world
                    .database()
                    .execute(
                        """
                        insert into uploads (id, owner_id, file_name, file_size_bytes, chunk_size_bytes,
                          total_chunks, chunks_per_part, status, origin, content_type, storage_element,
                          object_key, expires_at)
                        select gen_random_uuid(), owner_id, file_name, file_size_bytes, chunk_size_bytes,
                          total_chunks, chunks_per_part, 'INITIATED', origin, content_type, storage_element,
                          object_key || 'x', expires_at
                        from uploads where id = '%s'
                        """
                            .formatted(world.any(Kind.UNTOUCHED).id()))),
        new Sabotage(
            "one key names two uploads",
            "idempotent-answers-agree",
            world -> {
              for (Kind kind : List.of(Kind.LEFT, Kind.UNTOUCHED)) {
                MadeUpload upload = world.any(kind);
                world
                    .history()
                    .add(
                        new HistoryEvent.Initiated(
                            upload.id(),
                            upload.fileName(),
                            "one key",
                            upload.digest(),
                            upload.chunkSize(),
                            upload.totalChunks(),
                            null));
              }
            }),
        new Sabotage(
            "an upload comes from nowhere",
            "nobody-else-made-uploads",
            world ->
                world
                    .database()
                    .force(
                        "update uploads set file_name = 'foreign' where id = '%s'"
                            .formatted(world.any(Kind.UNTOUCHED).id()))),
        new Sabotage(
            "an upload has more requests in progress than allowed",
            "limits-hold",
            world -> {
              UUID id = world.any(Kind.UNTOUCHED).id();
              for (long from = 0; from <= MadeWorld.LIMIT; from++) {
                world.history().add(new HistoryEvent.BodyHeld(id, from, 100));
              }
            }),
        new Sabotage(
            "a COMPLETING upload is forgotten",
            "everything-settles",
            world ->
                world
                    .database()
                    .execute(
                        "update uploads set status = 'COMPLETING' where id = '%s'"
                            .formatted(world.any(Kind.LEFT).id()))),
        new Sabotage(
            "a whole part stays STAGED",
            "everything-settles",
            world ->
                world
                    .database()
                    .force(
                        "update uploads set chunks_per_part = 1 where id = '%s'"
                            .formatted(world.any(Kind.LEFT_IN_PART).id()))),
        new Sabotage("jobs stay in Kafka", "the-queue-is-empty", world -> world.leaveJobs(1)),
        new Sabotage(
            "a job stays parked",
            "dead-letters-have-a-reason",
            world ->
                world
                    .database()
                    .execute(
                        """
                        insert into dead_letters (job_type, cause, attempts, first_failed_at)
                        values ('STORE_PART', 'retries_exhausted', 9, now())
                        """)),
        new Sabotage(
            "a refusal is a 500",
            "refusals-are-named",
            world ->
                world
                    .history()
                    .add(new HistoryEvent.Refused("init", null, 500, "internal_error", null))),
        new Sabotage(
            "a 500 has no code, while the run excuses one that has",
            "refusals-are-named",
            world -> world.history().add(new HistoryEvent.Refused("init", null, 500, null, null))),
        new Sabotage(
            "a 503 does not say when to come back",
            "refusals-are-named",
            world ->
                world
                    .history()
                    .add(
                        new HistoryEvent.Refused("init", null, 503, "service_unavailable", null))));
  }

  private static void end(MadeWorld world, Kind kind, String status, String code) throws Exception {
    world
        .database()
        .force(
            """
            update uploads set status = '%2$s', end_code = '%3$s', purged_at = now() where id = '%1$s';
            insert into upload_events (upload_id, from_status, to_status)
              values ('%1$s', 'IN_PROGRESS', '%2$s')
            """
                .formatted(world.any(kind).id(), status, code));
  }

  private static void damage(MadeWorld world, Kind kind) throws Exception {
    world
        .database()
        .force(
            "update chunks set status = 'DAMAGED' where chunk_index = 0 and upload_id = '%s'"
                .formatted(world.any(kind).id()));
  }
}
