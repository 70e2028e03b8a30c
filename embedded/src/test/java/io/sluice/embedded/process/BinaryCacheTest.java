package io.sluice.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryCacheTest {

  @TempDir private Path root;

  @Test
  void contentIsUnpackedOnce() throws Exception {
    BinaryCache cache = new BinaryCache(root);
    Path first = cache.directory("tool-1", into -> Files.writeString(into.resolve("tool"), "one"));
    Path second = cache.directory("tool-1", into -> Files.writeString(into.resolve("tool"), "two"));
    assertThat(second).isEqualTo(first);
    assertThat(first.resolve("tool")).hasContent("one");
  }

  @Test
  void anUnpackingThatFailsLeavesNothingAndIsTriedAgain() throws Exception {
    BinaryCache cache = new BinaryCache(root);
    assertThatThrownBy(() ->
            cache.directory(
                "tool-1",
                into -> {
                  Files.writeString(into.resolve("half"), "");
                  throw new IOException("disk full");
                }))
        .hasMessage("disk full");
    assertThat(root).isEmptyDirectory();
    cache.directory("tool-1", into -> Files.writeString(into.resolve("tool"), "one"));
    assertThat(root.resolve("tool-1/tool")).hasContent("one");
  }

  @Test
  void ofSeveralAtOnceOneWinsAndAllSeeTheWhole() throws Exception {
    BinaryCache cache = new BinaryCache(root);
    CyclicBarrier together = new CyclicBarrier(4);
    try (ExecutorService starts = Executors.newFixedThreadPool(4)) {
      List<Future<Path>> paths =
          IntStream.range(0, 4)
              .mapToObj(number ->
                  starts.submit(() ->
                      cache.directory(
                          "tool-1",
                          into -> {
                            Files.writeString(into.resolve("tool"), "whole");
                            meet(together);
                          })))
              .toList();
      for (Future<Path> path : paths) {
        assertThat(path.get().resolve("tool")).hasContent("whole");
      }
    }
    try (Stream<Path> left = Files.list(root)) {
      assertThat(left).containsExactly(root.resolve("tool-1"));
    }
  }

  private static void meet(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await();
    } catch (Exception failed) {
      throw new IOException(failed);
    }
  }
}
