package io.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.storage.contract.Bodies;
import io.sluice.storage.contract.StagingStoreContract;
import io.sluice.storage.staging.StageRequest;
import io.sluice.storage.staging.StagedBytes;
import io.sluice.storage.staging.StagedBytesMissingException;
import io.sluice.storage.staging.StagingFullException;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a staging directory promises beyond the contract.
class LocalStagingStoreTest extends StagingStoreContract {

  @TempDir Path temporary;
  private Path root;
  private StagingStore staging;

  @BeforeEach
  void open() throws IOException {
    root = temporary.resolve("deep/below/staging");
    staging = new LocalStagingStore(root, 0);
  }

  @Override
  protected StagingStore staging() {
    return staging;
  }

  @Test
  void allBytesAreMadeDurableAndThenTheirName() throws IOException {
    List<String> steps = new ArrayList<>();
    StagingStore watched =
        new LocalStagingStore(
            root,
            0,
            new DirectorySync(directory -> steps.add("name of " + bytesIn(directory))),
            file -> steps.add("bytes, " + file.size()));
    steps.clear();

    watched.stage(StageRequest.exactly(UUID.randomUUID(), 0, 9, false), Bodies.of(new byte[9]));

    assertThat(steps).containsExactly("bytes, 9", "name of 9");
  }

  @Test
  void bytesThatCannotBeMadeDurableAreNotAcknowledgedAndLeaveNothing() throws IOException {
    StagingStore broken =
        new LocalStagingStore(
            root,
            0,
            new DirectorySync(),
            file -> {
              throw new IOException("device error");
            });

    assertThatThrownBy(() ->
            broken.stage(
                StageRequest.exactly(UUID.randomUUID(), 0, 9, false), Bodies.of(new byte[9])))
        .isInstanceOf(IOException.class)
        .hasMessage("device error");

    assertThat(regularFiles()).isEmpty();
  }

  @Test
  void aNameThatCannotBeMadeDurableIsNotAcknowledgedAndLeavesNothing() throws IOException {
    AtomicInteger syncs = new AtomicInteger(-1);
    DirectorySync failing =
        new DirectorySync(directory -> {
          if (syncs.get() >= 0) {
            throw new IOException("device error");
          }
        });
    StagingStore broken = new LocalStagingStore(root, 0, failing, file -> {});
    syncs.set(0);

    assertThatThrownBy(() ->
            broken.stage(
                StageRequest.exactly(UUID.randomUUID(), 0, 9, false), Bodies.of(new byte[9])))
        .isInstanceOf(IOException.class)
        .hasRootCauseMessage("device error");

    assertThat(regularFiles()).isEmpty();
  }

  @Test
  void withoutTheSpaceThatMustStayFreeNothingIsTaken() throws IOException {
    StagingStore full = new LocalStagingStore(root, Long.MAX_VALUE / 2);

    assertThatThrownBy(() ->
            full.stage(
                StageRequest.exactly(UUID.randomUUID(), 0, 9, false), Bodies.of(new byte[9])))
        .isInstanceOf(StagingFullException.class);
    assertThatThrownBy(full::probe).isInstanceOf(StagingFullException.class);

    assertThat(regularFiles()).isEmpty();
  }

  @Test
  void roomThatIsPromisedToOneBodyIsNotPromisedToAnother() throws IOException {
    long free = Files.getFileStore(temporary).getUsableSpace();
    StagingRoom room = new StagingRoom(temporary, free / 2);

    try (StagingRoom.Promise first = room.promise(free / 3)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> room.promise(free / 3)).isInstanceOf(StagingFullException.class);
    }

    room.promise(free / 3).close();
  }

  @Test
  void aFullDiskIsKnownByTheSystemsWords() throws IOException {
    StagingRoom room = new StagingRoom(temporary, 0);

    assertThat(room.explain(new IOException("No space left on device")))
        .isInstanceOf(StagingFullException.class);
    assertThat(room.explain(new IOException("Disk quota exceeded")))
        .isInstanceOf(StagingFullException.class);
    assertThat(room.explain(new IOException("Input/output error")))
        .isNotInstanceOf(StagingFullException.class);
  }

  /// An unmounted volume is not lost data: chunks must not be given up for it.
  @Test
  void stagingThatIsNotMountedIsNotTakenForMissingBytes() throws IOException {
    StagedBytes staged =
        staging.stage(StageRequest.exactly(UUID.randomUUID(), 0, 9, false), Bodies.of(new byte[9]));
    Files.move(root, temporary.resolve("elsewhere"));

    assertThatThrownBy(() -> staging.open(staged.stagingKey(), 0, 9))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(StagedBytesMissingException.class);
  }

  @Test
  void anotherProcessFindsWhatThisOneStaged() throws IOException {
    byte[] bytes = Bodies.bytes(1, 1000);
    StagedBytes staged =
        staging.stage(StageRequest.exactly(UUID.randomUUID(), 0, 1000, false), Bodies.of(bytes));

    StagingStore other = new LocalStagingStore(root, 0);

    assertThat(Bodies.drain(other.open(staged.stagingKey(), 0, 1000))).isEqualTo(bytes);
    assertThat(other.file(staged.stagingKey())).hasValueSatisfying(Files::isRegularFile);
  }

  private List<Path> regularFiles() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static long bytesIn(Path directory) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}
