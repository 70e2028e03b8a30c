package io.sluice.standalone.status;

import io.sluice.standalone.health.Probe;
import io.sluice.standalone.instance.DataDirectory;
import io.sluice.standalone.instance.InstanceState;
import io.sluice.standalone.instance.Member;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// What `status` answers; `--json` prints it in snake_case.
///
/// @param status `ready`, `degraded` (not every member serves), `starting` or `stopped`
/// @param data the data directory
/// @param url where the API is
/// @param pid the process that `up` is
/// @param mode `combined` or `separate`
/// @param storage `local` or `s3`
/// @param members services and embedded servers
record Status(
    String status,
    String data,
    @Nullable String url,
    @Nullable Long pid,
    @Nullable String mode,
    @Nullable String storage,
    List<MemberHealth> members) {

  static final String READY = "ready";
  static final String OK = "ok";
  static final String UNAVAILABLE = "unavailable";

  /// @param role what it does
  /// @param health `ok` or `unavailable`, asked just now
  record MemberHealth(
      String name, String role, long pid, int port, String health, int restarts, String log) {

    private static MemberHealth of(Member member) {
      return new MemberHealth(
          member.name(),
          member.role().word(),
          member.pid(),
          member.port(),
          member.pid() != 0 && Probe.serves(member) ? OK : UNAVAILABLE,
          member.restarts(),
          member.log());
    }
  }

  static Status stopped(DataDirectory directory) {
    return new Status("stopped", directory.root().toString(), null, null, null, null, List.of());
  }

  /// Asks every member at once.
  static Status of(DataDirectory directory, InstanceState state) {
    List<MemberHealth> members;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<MemberHealth>> answers =
          state.members().stream()
              .map(member -> CompletableFuture.supplyAsync(() -> MemberHealth.of(member), threads))
              .toList();
      members = answers.stream().map(CompletableFuture::join).toList();
    }
    boolean healthy = members.stream().allMatch(member -> member.health().equals(OK));
    return new Status(
        !state.ready() ? "starting" : healthy ? READY : "degraded",
        directory.root().toString(),
        state.url(),
        state.pid(),
        state.separate() ? "separate" : "combined",
        state.storage(),
        members);
  }
}
