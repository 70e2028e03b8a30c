package io.sluice.gateway.download;

import io.sluice.jmh.Timed;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;

/// Reading `Range` headers.
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RangeBenchmark extends Timed {

  private static final long FILE_BYTES = 5L << 30;

  /// As players and download managers send them.
  @Param({"bytes=1048576-2097151", "bytes=-500", "bytes=0-99, 1000-1999, 90000-, -1"})
  public String header = "";

  /// What the download asks.
  @Benchmark
  public Object read() {
    return RangeRequest.of(header, FILE_BYTES);
  }
}
