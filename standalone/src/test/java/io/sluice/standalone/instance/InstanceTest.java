package io.sluice.standalone.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.embedded.process.DirectoryInUseException;
import io.sluice.embedded.process.PidFile;
import io.sluice.embedded.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceTest {

  private static final String URL = "http://127.0.0.1:1";

  @TempDir private Path root;

  @Test
  void aSecondOneOnTheSameDirectoryIsRefused() throws IOException {
    try (Instance first = take()) {
      assertThatThrownBy(this::take).isInstanceOf(DirectoryInUseException.class);

      // The first is not disturbed by it.
      first.ready();
      assertThat(InstanceState.ofRunning(directory())).get().matches(InstanceState::ready);
    }
    take().close();
  }

  @Test
  void whatItIsCanBeReadWhileItRunsAndNotAfterwards() throws IOException {
    Member worker = new Member("worker-1", Role.WORKER, 17, 4711, 2, "worker.log");
    try (Instance instance = take()) {
      instance.put(worker);

      InstanceState state = InstanceState.ofRunning(directory()).orElseThrow();
      assertThat(state.pid()).isEqualTo(ProcessHandle.current().pid());
      assertThat(state.url()).isEqualTo(URL);
      assertThat(state.ready()).isFalse();
      assertThat(state.members()).containsExactly(worker);
    }
    assertThat(InstanceState.ofRunning(directory())).isEmpty();
  }

  /// A watcher that is late must not write into a directory that another instance has taken.
  @Test
  void onceClosedItWritesNothingMore() throws IOException {
    Instance closed = take();
    closed.close();
    try (Instance next = take()) {
      next.ready();

      closed.put(new Member("worker-1", Role.WORKER, 17, 4711, 2, "worker.log"));

      InstanceState state = InstanceState.ofRunning(directory()).orElseThrow();
      assertThat(state.ready()).isTrue();
      assertThat(state.members()).isEmpty();
    }
  }

  @Test
  void whatAKilledInstanceLeftRunningIsEnded() throws Exception {
    take().close();
    Process orphan = new ProcessBuilder("sleep", "60").start();
    try {
      PidFile file = new PidFile(directory().run().resolve("worker-7.pid"));
      file.write(ProcessIdentity.of(orphan.pid()).orElseThrow());

      try (Instance _ = take()) {
        assertThat(orphan.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(file.path()).doesNotExist();
      }
    } finally {
      orphan.destroyForcibly();
    }
  }

  /// The number of a process that died is given to another one in time.
  @Test
  void aLaterProcessWithTheSameNumberIsLeftAlone() throws Exception {
    take().close();
    Process stranger = new ProcessBuilder("sleep", "60").start();
    try {
      new PidFile(directory().run().resolve("worker-7.pid"))
          .write(new ProcessIdentity(stranger.pid(), "another start"));

      try (Instance _ = take()) {
        assertThat(stranger.isAlive()).isTrue();
      }
    } finally {
      stranger.destroyForcibly();
    }
  }

  private DataDirectory directory() {
    return new DataDirectory(root);
  }

  private Instance take() throws IOException {
    return Instance.take(directory(), URL, false, "local");
  }
}
