package io.sluice.standalone.console;

import java.time.Duration;
import java.util.Locale;

/// A bar that grows with the bytes done. On a terminal it is one line drawn over and over; elsewhere it is a new line
/// at every tenth, so that a log stays readable. Any number of threads may add to it.
public final class ProgressBar {

  private static final int WIDTH = 40;
  private static final int TENTHS = 10;
  private static final Duration REDRAW_EVERY = Duration.ofMillis(100);

  private final Terminal terminal;
  private final String label;
  private final long totalBytes;
  private final long startNanos;
  private long doneBytes;
  private long addedBytes;
  private long drawnNanos;
  private int drawnTenth = -1;

  /// Starts at a part that was done before.
  ///
  /// @param doneBytes done before this bar began; not counted in its speed
  public ProgressBar(Terminal terminal, String label, long totalBytes, long doneBytes) {
    this.terminal = terminal;
    this.label = label;
    this.totalBytes = totalBytes;
    this.doneBytes = doneBytes;
    this.startNanos = System.nanoTime();
    this.drawnNanos = startNanos - REDRAW_EVERY.toNanos();
  }

  /// Counts bytes as done and shows them, now or soon.
  public synchronized void add(long bytes) {
    doneBytes += bytes;
    addedBytes += bytes;
    if (terminal.interactive()) {
      long now = System.nanoTime();
      if (now - drawnNanos >= REDRAW_EVERY.toNanos()) {
        drawnNanos = now;
        redraw();
      }
    } else if (tenth() > drawnTenth) {
      drawnTenth = tenth();
      terminal.say(line());
    }
  }

  /// Leaves the bar as it stands and goes to the next line.
  public synchronized void stop() {
    if (terminal.interactive()) {
      redraw();
      terminal.talk().println();
    } else if (doneBytes < totalBytes) {
      terminal.say(line());
    }
  }

  private void redraw() {
    terminal.talk().print("\r" + line());
    terminal.talk().flush();
  }

  private int tenth() {
    return (int) (fraction() * TENTHS);
  }

  private double fraction() {
    return totalBytes == 0 ? 1 : Math.min(1, (double) doneBytes / totalBytes);
  }

  private String line() {
    int filled = (int) (fraction() * WIDTH);
    Duration taken = Duration.ofNanos(System.nanoTime() - startNanos);
    return String.format(
        Locale.ROOT,
        "  %-9s [%s%s] %3d%%  %s",
        label,
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        (int) (fraction() * 100),
        ByteText.speed(addedBytes, taken));
  }
}
