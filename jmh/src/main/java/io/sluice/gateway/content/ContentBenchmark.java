package io.sluice.gateway.content;

import io.sluice.jmh.Timed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/// Telling the type of files of 1 KiB.
public class ContentBenchmark extends Timed {

  private static final int FILE_BYTES = 1 << 10;

  private final ContentPolicy policy = new ContentPolicy(new ContentSettings(List.of(), List.of()));
  private final byte[] random = new byte[FILE_BYTES];
  private final byte[] text =
      "All of it is text.\n"
          .repeat(60)
          .substring(0, FILE_BYTES)
          .getBytes(StandardCharsets.US_ASCII);

  /// Makes a file that nothing is known of.
  @Setup
  public void fill() {
    new SplittableRandom(1).nextBytes(random);
  }

  /// Neither name nor bytes tell anything.
  @Benchmark
  public String unknown() {
    return policy.accept("small-1", random);
  }

  /// The bytes tell a little, the name the rest.
  @Benchmark
  public String text() {
    return policy.accept("notes.md", text);
  }
}
