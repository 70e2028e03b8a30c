package io.sluice.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.embedded.process.DirectoryTree;
import io.sluice.standalone.SluiceProgram.Ending;
import io.sluice.standalone.demo.TestUpload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A backup under load, taken while the workers are behind: what clients were told is safe is there again after everything
/// but the backup is gone.
class BackupIT {

  private static final int CHUNK_SIZE_BYTES = 1 << 20;

  @TempDir private Path directory;

  /// With the frozen worker acknowledged chunks are in staging only: the database and the object store are not all there is.
  @ParameterizedTest
  @CsvSource({"local", "s3"})
  void whateverWasAcknowledgedBeforeTheBackupComesBack(String storage) throws Exception {
    Path backup = directory.resolve("backup");
    TestUpload whole;
    TestUpload begun;
    TestUpload half;
    String stored;
    byte[] file = "stored before".repeat(1000).getBytes(StandardCharsets.UTF_8);
    try (RunningSluice sluice = new RunningSluice(directory, "--separate", "--storage", storage)) {
      String url = sluice.up();
      stored = new FileSender(url).send("file.txt", file);
      half = TestUpload.begin(url, directory.resolve("half.bin"), 11, CHUNK_SIZE_BYTES);
      half.send(url, List.of(0, 1, 2, 3, 4, 5));
      awaitSomeStored(half);
      long worker = sluice.member("worker-1").pid();
      signal("STOP", worker);
      whole = TestUpload.begin(url, directory.resolve("whole.bin"), 7, CHUNK_SIZE_BYTES);
      whole.send(url, List.of(0, 1, 2, 3, 4, 5, 6, 7));
      begun = TestUpload.begin(url, directory.resolve("begun.bin"), 5, CHUNK_SIZE_BYTES);
      begun.send(url, List.of(1, 4, 5));

      Load load = new Load(url, directory);
      Ending taken = sluice.run("backup", backup.toString());

      assertThat(taken.code()).as(taken.talk()).isZero();
      assertThat(taken.answer()).contains("staging", "objects");
      load.stop();
      signal("CONT", worker);
      whole.complete(url);
      sluice.killEverything();
    }
    DirectoryTree.delete(directory.resolve("data"));

    Ending restored =
        new SluiceProgram(directory)
            .run("restore", backup.toString(), "--data", directory.resolve("data").toString());

    assertThat(restored.code()).as(restored.talk()).isZero();
    try (RunningSluice sluice = new RunningSluice(directory, "--separate", "--storage", storage)) {
      String url = sluice.up();
      assertThat(new FileSender(url).content(stored)).isEqualTo(file);
      assertThat(whole.missing(url)).isEmpty();
      assertThat(half.missing(url)).containsExactly(6, 7, 8, 9, 10, 11);
      assertThat(begun.missing(url)).containsExactly(0, 2, 3);
      begun.send(url, List.of(0, 2, 3));
      whole.complete(url);
      begun.complete(url);
      half.send(url, half.missing(url));
      half.complete(url);
      assertThat(whole.comesBackIdentical(url)).isTrue();
      assertThat(begun.comesBackIdentical(url)).isTrue();
      assertThat(half.comesBackIdentical(url)).isTrue();
      aSecondRestoreIsRefused(sluice, backup);
    }
  }

  /// Chunks that are no longer staged: with S3 they are in a part of an object that is not finished.
  private void awaitSomeStored(TestUpload upload) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          try (Stream<Path> staged = Files.walk(directory.resolve("data/storage/staging"))) {
            return staged.filter(file -> file.toString().contains(upload.id())).count() < 6;
          }
        });
  }

  private static void aSecondRestoreIsRefused(RunningSluice sluice, Path backup) throws Exception {
    Ending again = sluice.run("restore", backup.toString());

    assertThat(again.code()).isEqualTo(1);
    assertThat(again.talk().lines()).singleElement().asString().contains("is not empty");
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor())
        .isZero();
  }

  /// A client that goes on uploading, whatever is going on.
  private static final class Load {

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger sent = new AtomicInteger();
    private final CompletableFuture<Void> running;

    Load(String url, Path directory) throws IOException, InterruptedException {
      TestUpload upload =
          TestUpload.begin(url, Files.createTempFile(directory, "load", ".bin"), 40, 1 << 16);
      running =
          CompletableFuture.runAsync(() -> {
            for (int index = 0; index < 40 && !stopped.get(); index++) {
              try {
                upload.send(url, List.of(index));
              } catch (IOException | InterruptedException failed) {
                throw new IllegalStateException(failed);
              }
              sent.incrementAndGet();
            }
          });
      await().atMost(Duration.ofSeconds(20)).until(() -> sent.get() > 0);
    }

    void stop() {
      stopped.set(true);
      running.join();
    }
  }
}
