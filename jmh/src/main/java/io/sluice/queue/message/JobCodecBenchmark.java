package io.sluice.queue.message;

import io.sluice.jmh.Timed;
import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/// Writing and reading the job of one part.
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JobCodecBenchmark extends Timed {

  private final JobCodec codec = new JobCodec();
  private final Instant enqueuedAt = Instant.parse("2026-01-01T12:00:00.123456Z");
  private final Job job =
      new Job.StorePart(
          UUID.fromString("0198c0de-0000-7000-8000-000000000001"),
          17,
          "0123456789abcdef0123456789abcdef",
          Lane.HEAVY);
  private final byte[] message = codec.encode(job, enqueuedAt);

  /// What the producer does.
  @Benchmark
  public byte[] encode() {
    return codec.encode(job, enqueuedAt);
  }

  /// What the worker does.
  @Benchmark
  public Decoded decode() {
    return codec.decode(message, Lane.HEAVY);
  }
}
