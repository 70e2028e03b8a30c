package io.sluice.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Downloads by programs that nobody here wrote, whole and by range, interrupted and resumed: what they
/// keep is what was sent, byte for byte.
class DownloadersIT {

  private static final int SIZE_BYTES = 40_000_000;
  private static final String KEY = "X-API-Key: dev-key";

  @TempDir private static Path shared;
  private static RunningSluice sluice;
  private static Path source;
  private static String file;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws Exception {
    sluice = new RunningSluice(shared);
    String base = sluice.up();
    source = shared.resolve("source.bin");
    byte[] bytes = new byte[SIZE_BYTES];
    new Random(7).nextBytes(bytes);
    Files.write(source, bytes);
    file = new FileSender(base).send("source.bin", bytes);
  }

  @AfterAll
  static void stop() throws Exception {
    sluice.run("down");
    sluice.close();
  }

  private void isIdentical(String name) throws IOException {
    assertThat(Files.mismatch(source, directory.resolve(name))).as(name).isEqualTo(-1);
  }

  private boolean hasBytes(String name, long least) {
    Path path = directory.resolve(name);
    try {
      return Files.exists(path) && Files.size(path) >= least;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void isPartOfIt(String name) throws IOException {
    assertThat(Files.size(directory.resolve(name))).isPositive().isLessThan(SIZE_BYTES);
  }

  @Test
  void curlTakesRanges() throws Exception {
    Program curl = Program.find("curl", directory);
    byte[] all = Files.readAllBytes(source);

    for (String[] range :
        new String[][] {
          {"0-0", "0", "1"}, {"1000-1999", "1000", "2000"}, {"-5", "39999995", "40000000"}
        }) {
      curl.run("-fsS", "-H", KEY, "-r", range[0], "-o", "range.bin", file);
      assertThat(Files.readAllBytes(directory.resolve("range.bin")))
          .isEqualTo(
              Arrays.copyOfRange(all, Integer.parseInt(range[1]), Integer.parseInt(range[2])));
    }
    curl.run("-fsS", "-H", KEY, "-r", "0-9,100-109", "-o", "ranges.txt", file);
    assertThat(Files.readString(directory.resolve("ranges.txt"), StandardCharsets.ISO_8859_1))
        .contains("Content-Range: bytes 0-9/40000000", "Content-Range: bytes 100-109/40000000");
    assertThat(
            curl.run("-sS", "-H", KEY, "-r", "40000000-", "-o", "none", "-w", "%{http_code}", file))
        .isEqualTo("416");
  }

  @Test
  void curlResumesWhereItWasInterrupted() throws Exception {
    Program curl = Program.find("curl", directory);
    curl.interrupt(
        () -> hasBytes("resumed.bin", 1_000_000),
        "-fsS",
        "-H",
        KEY,
        "--limit-rate",
        "8M",
        "-o",
        "resumed.bin",
        file);
    isPartOfIt("resumed.bin");

    curl.run("-fsS", "-H", KEY, "-C", "-", "-o", "resumed.bin", file);

    isIdentical("resumed.bin");
    // Once more: there is nothing left to fetch, and nothing is spoilt.
    curl.start("-fsS", "-H", KEY, "-C", "-", "-o", "resumed.bin", file).waitFor();
    isIdentical("resumed.bin");
  }

  @Test
  void curlFetchesInParallel() throws Exception {
    Program curl = Program.find("curl", directory);
    List<String> arguments =
        new ArrayList<>(List.of("-fsS", "-Z", "--parallel-max", "6", "-H", KEY));
    for (int copy = 0; copy < 6; copy++) {
      arguments.addAll(List.of("-o", "copy-" + copy, file));
    }

    curl.run(arguments.toArray(String[]::new));

    for (int copy = 0; copy < 6; copy++) {
      isIdentical("copy-" + copy);
    }
  }

  @Test
  void wgetContinuesWhereItWasInterrupted() throws Exception {
    Program wget = Program.find("wget", directory);
    wget.interrupt(
        () -> hasBytes("wget.bin", 1_000_000),
        "-q",
        "--header",
        KEY,
        "--limit-rate=8m",
        "-O",
        "wget.bin",
        file);
    isPartOfIt("wget.bin");

    wget.run("-q", "-c", "--header", KEY, "-O", "wget.bin", file);

    isIdentical("wget.bin");
  }

  @Test
  void wgetKeepsTheFilesOwnName() throws Exception {
    Program wget = Program.find("wget", directory);

    wget.run("-q", "--content-disposition", "--header", KEY, file);

    isIdentical("source.bin");
  }

  @Test
  void aria2FetchesOnEightConnectionsAndResumes() throws Exception {
    Program aria2 = Program.find("aria2c", directory);
    String[] eight = {
      "-q", "-x8", "-s8", "-k1M", "--file-allocation=none", "--header", KEY, "-o", "aria.bin", file
    };
    aria2.run(eight);
    isIdentical("aria.bin");
    Files.delete(directory.resolve("aria.bin"));

    List<String> slowly = new ArrayList<>(List.of("--max-overall-download-limit=8M"));
    slowly.addAll(List.of(eight));
    aria2.interrupt(() -> hasBytes("aria.bin", 1_000_000), slowly.toArray(String[]::new));
    assertThat(directory.resolve("aria.bin.aria2")).exists();

    aria2.run(eight);

    assertThat(directory.resolve("aria.bin.aria2")).doesNotExist();
    isIdentical("aria.bin");
  }
}
