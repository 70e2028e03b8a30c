package io.sluice.standalone.console;

import java.time.Duration;
import java.util.Locale;

/// Sizes and speeds as people read them.
public final class ByteText {

  private static final long KIB = 1024;
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};

  private ByteText() {}

  /// A size, such as `256 MiB` or `1.5 GiB`.
  public static String size(long sizeBytes) {
    if (sizeBytes < KIB) {
      return sizeBytes + " bytes";
    }
    double value = sizeBytes;
    int unit = -1;
    while (value >= KIB && unit < UNITS.length - 1) {
      value /= KIB;
      unit++;
    }
    boolean whole = value == Math.rint(value);
    return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
  }

  /// A speed, such as `312.4 MiB/s`.
  public static String speed(long sizeBytes, Duration taken) {
    double seconds = Math.max(taken.toNanos() / 1e9, 1e-6);
    return String.format(Locale.ROOT, "%.1f MiB/s", sizeBytes / seconds / (KIB * KIB));
  }
}
