package io.sluice.acceptance.fault;

import io.sluice.acceptance.process.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The named places of the product where a process can be made to die, fail or wait. A test compares them
/// with the source.
public final class Failpoints {

  private static final List<String> STAGING =
      List.of("staging.bytes-written", "staging.file-synced", "staging.dir-synced");

  /// Every role enqueues jobs.
  private static final List<String> PRODUCE =
      List.of("queue.before-produce", "queue.after-produce");

  private static final List<String> GATEWAY =
      List.of(
          "gateway.chunk-staged",
          "gateway.chunk-committed",
          "gateway.chunk-enqueued",
          "gateway.completing-committed",
          "gateway.file-committed");

  private static final List<String> WORKER =
      List.of(
          "local.chunk-placed",
          "local.chunk-copied",
          "s3.multipart-created",
          "s3.part-uploaded",
          "s3.completed",
          "worker.job-judged",
          "worker.multipart-begun",
          "worker.part-uploaded",
          "worker.committed",
          "worker.staging-deleted",
          "worker.handed-on",
          "queue.before-acknowledge",
          "worker.object-joined",
          "worker.object-verified",
          "worker.upload-completed",
          "worker.object-deleted",
          "worker.staging-purged");

  private static final List<String> REAPER =
      List.of(
          "reaper.jobs-marked",
          "reaper.jobs-sent",
          "reaper.upload-expired",
          "reaper.staged-deleted",
          "reaper.multipart-aborted",
          "reaper.object-deleted",
          "reaper.idempotency-keys-deleted",
          "reaper.chunks-pruned");

  private static final Map<Role, List<String>> BY_ROLE =
      Map.of(
          Role.GATEWAY, join(STAGING, join(GATEWAY, PRODUCE)),
          Role.WORKER, join(WORKER, PRODUCE),
          Role.REAPER, join(REAPER, PRODUCE));

  private Failpoints() {}

  private static List<String> join(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  /// Those that a role passes.
  public static List<String> of(Role role) {
    return BY_ROLE.getOrDefault(role, List.of());
  }

  /// All of them.
  public static Set<String> all() {
    return BY_ROLE.values().stream().flatMap(List::stream).collect(Collectors.toSet());
  }
}
