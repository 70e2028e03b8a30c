package io.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.storage.contract.Bodies;
import io.sluice.storage.staging.StageRequest;
import io.sluice.storage.staging.StagedBytes;
import io.sluice.storage.staging.StagedEntry;
import io.sluice.storage.staging.StagingFullException;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real disk that is really full: a file system of 8 MiB in memory. Skipped where it may not be mounted.
class FullDiskIT {

  private static final int MIB = 1 << 20;

  @TempDir Path temporary;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", temporary.toString());
    assumeTrue(mounted, "may not mount a file system here");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", temporary.toString())).isTrue();
    }
  }

  @Test
  void aBodyThatFillsTheDiskIsRefusedAsFullLeavesNothingAndRoomThatReturnsIsUsed()
      throws Exception {
    StagingStore staging = new LocalStagingStore(temporary, 0);
    UUID upload = UUID.randomUUID();
    StagedBytes first = stage(staging, upload, 5 * MIB);

    assertThatThrownBy(() ->
            staging.stage(
                new StageRequest(upload, 1, -1, 100 * MIB, false),
                Bodies.of(Bodies.bytes(1, 5 * MIB))))
        .as("its length is not known, so the disk itself must say so")
        .isInstanceOf(StagingFullException.class)
        .hasCauseInstanceOf(IOException.class);
    assertThatThrownBy(() -> stage(staging, upload, 5 * MIB))
        .as("its length is known, so it is refused before it is read")
        .isInstanceOf(StagingFullException.class)
        .hasNoCause();

    assertThat(entries(staging))
        .extracting(StagedEntry::stagingKey)
        .containsExactly(first.stagingKey());
    staging.delete(List.of(first.stagingKey()));
    stage(staging, upload, 5 * MIB);
  }

  private static StagedBytes stage(StagingStore staging, UUID upload, int sizeBytes)
      throws IOException {
    return staging.stage(
        StageRequest.exactly(upload, 0, sizeBytes, false), Bodies.of(Bodies.bytes(2, sizeBytes)));
  }

  private static List<StagedEntry> entries(StagingStore staging) throws IOException {
    List<StagedEntry> entries = new ArrayList<>();
    staging.forEach(entries::add);
    return entries;
  }

  private static boolean run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
