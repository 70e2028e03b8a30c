package io.sluice.standalone.status;

import io.sluice.standalone.health.Probe;
import io.sluice.standalone.health.ServiceHealth;
import io.sluice.standalone.instance.DataDirectory;
import io.sluice.standalone.instance.InstanceState;
import io.sluice.standalone.instance.Member;
import java.util.List;
import java.util.Optional;
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
/// @param troubles one line for each thing that services have to say
record Status(
    String status,
    String data,
    @Nullable String url,
    @Nullable Long pid,
    @Nullable String mode,
    @Nullable String storage,
    List<MemberHealth> members,
    List<String> troubles) {

  static final String READY = "ready";
  static final String OK = "ok";
  static final String UNAVAILABLE = "unavailable";
  static final String DEGRADED = "degraded";

  /// What one member says, and how it counts.
  private record Asked(MemberHealth health, List<String> lines) {

    static Asked of(Member member) {
      Optional<ServiceHealth> said =
          member.pid() != 0 && member.role().isService()
              ? Probe.health(member.port())
              : Optional.empty();
      return new Asked(
          MemberHealth.of(member, said), said.map(ServiceHealth::lines).orElse(List.of()));
    }
  }

  /// @param role what it does
  /// @param health `ok`, `degraded` or `unavailable`, asked just now
  record MemberHealth(
      String name, String role, long pid, int port, String health, int restarts, String log) {

    private static MemberHealth of(Member member, Optional<ServiceHealth> said) {
      return new MemberHealth(
          member.name(),
          member.role().word(),
          member.pid(),
          member.port(),
          health(member, said),
          member.restarts(),
          member.log());
    }

    private static String health(Member member, Optional<ServiceHealth> said) {
      if (!member.role().isService()) {
        return member.pid() != 0 && Probe.serves(member) ? OK : UNAVAILABLE;
      }
      return said.map(one -> one.isWell() ? OK : one.isReady() ? DEGRADED : UNAVAILABLE)
          .orElse(UNAVAILABLE);
    }
  }

  static Status stopped(DataDirectory directory) {
    return new Status(
        "stopped", directory.root().toString(), null, null, null, null, List.of(), List.of());
  }

  /// Asks every member at once.
  static Status of(DataDirectory directory, InstanceState state) {
    List<Asked> asked;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Asked>> answers =
          state.members().stream()
              .map(member -> CompletableFuture.supplyAsync(() -> Asked.of(member), threads))
              .toList();
      asked = answers.stream().map(CompletableFuture::join).toList();
    }
    List<MemberHealth> members = asked.stream().map(Asked::health).toList();
    // Several services say the same of one place.
    List<String> troubles = asked.stream().flatMap(one -> one.lines().stream()).distinct().toList();
    boolean healthy = members.stream().allMatch(member -> member.health().equals(OK));
    return new Status(
        !state.ready() ? "starting" : healthy ? READY : DEGRADED,
        directory.root().toString(),
        state.url(),
        state.pid(),
        state.separate() ? "separate" : "combined",
        state.storage(),
        members,
        troubles);
  }
}
