package io.sluice.coordination.link;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Names of things in Redis.
///
/// @param prefix what every key starts with; several installations can share one Redis
public record Keys(String prefix) {

  private static final String PROCESS =
      HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  private static final AtomicLong TOKENS = new AtomicLong();

  /// A key.
  public String of(String kind, Object id) {
    return prefix + ":" + kind + ":" + id;
  }

  /// A word that no other process and no other call has had.
  public static String newToken() {
    return PROCESS + "-" + Long.toString(TOKENS.incrementAndGet(), Character.MAX_RADIX);
  }
}
