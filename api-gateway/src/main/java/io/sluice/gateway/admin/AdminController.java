package io.sluice.gateway.admin;

import io.sluice.gateway.audit.AuditLog;
import io.sluice.gateway.auth.Caller;
import io.sluice.gateway.upload.QueryValue;
import io.sluice.gateway.upload.UploadId;
import io.sluice.reaper.ReaperPass;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What administrators may do. Who they are is decided before a request gets here.
@RestController
@RequestMapping(path = "/v1/admin", produces = MediaType.APPLICATION_JSON_VALUE)
final class AdminController {

  /// What one pass of the reaper put right.
  record CleanupAnswer(
      String status,
      String requestedBy,
      int expiredUploads,
      int deletedIdempotencyKeys,
      int purgedUploads,
      int requeuedJobs) {}

  private final ReaperPass pass;
  private final QueueStatus queue;
  private final DeadLetterList letters;
  private final Replay replay;
  private final ReplayAll replayAll;
  private final AuditLog audit;

  AdminController(
      ReaperPass pass,
      QueueStatus queue,
      DeadLetterList letters,
      Replay replay,
      ReplayAll replayAll,
      AuditLog audit) {
    this.pass = pass;
    this.queue = queue;
    this.letters = letters;
    this.replay = replay;
    this.replayAll = replayAll;
    this.audit = audit;
  }

  @PostMapping("/cleanup")
  CleanupAnswer cleanUp(Caller caller) {
    ReaperPass.Result result = pass.run(caller.ownerId());
    audit.record(caller, "admin.cleanup", "reaper", "ok");
    return new CleanupAnswer(
        "ok",
        caller.ownerId(),
        result.expiredUploads(),
        result.deletedIdempotencyKeys(),
        result.purgedUploads(),
        result.requeuedJobs());
  }

  @GetMapping("/queue")
  QueueAnswer queue() {
    return queue.now();
  }

  @GetMapping("/dead-letters")
  DeadLetterList.Page deadLetters(
      @RequestParam(required = false) @Nullable String replayed,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return letters.page(
        QueryValue.flag("replayed", replayed),
        Optional.ofNullable(cursor).map(DeadLetterCursor::read),
        QueryValue.limit(limit));
  }

  @PostMapping("/dead-letters/replay")
  ReplayAll.Answer replayAll(Caller caller) {
    ReplayAll.Answer answer = replayAll.replay();
    audit.record(caller, "admin.dead_letter.replay_all", "dead_letters", "ok");
    return answer;
  }

  @PostMapping("/dead-letters/{id}/replay")
  Replay.Answer replay(Caller caller, @PathVariable String id) {
    Replay.Answer answer = replay.replay(UploadId.parse(id));
    audit.record(caller, "admin.dead_letter.replay", id, "ok");
    return answer;
  }
}
