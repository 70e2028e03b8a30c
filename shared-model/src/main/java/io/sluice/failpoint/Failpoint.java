package io.sluice.failpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// A named place where a fault test makes this process halt, wait or throw.
///
/// Alive only in a process started with `SLUICE_FAILPOINTS_FILE` in its environment *and*
/// `-Dsluice.profile=fault-test`; otherwise [#hit] is an empty method that the compiler removes. The
/// file holds one `name=action` a line and is read again at every hit, so a test can change it while
/// the process runs. Actions: `halt`, `throw`, `delay:MILLIS`; `action@N` acts at the Nth hit only.
public final class Failpoint {

  private static final boolean ALIVE =
      "fault-test".equals(System.getProperty("sluice.profile"))
          && System.getenv("SLUICE_FAILPOINTS_FILE") != null;

  private static final Map<String, AtomicLong> HITS = new ConcurrentHashMap<>();

  /// What `throw` throws.
  public static final class FailpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FailpointException(String name) {
      super("failpoint " + name);
    }
  }

  private Failpoint() {}

  /// Does what the failpoints file says for this place; nothing in production.
  public static void hit(String name) {
    if (ALIVE) {
      act(name, Path.of(System.getenv("SLUICE_FAILPOINTS_FILE")));
    }
  }

  private static void act(String name, Path file) {
    String action = actionFor(name, file);
    if (action.isEmpty()) {
      return;
    }
    long hit = HITS.computeIfAbsent(name, key -> new AtomicLong()).incrementAndGet();
    int at = action.indexOf('@');
    if (at >= 0 && hit != Long.parseLong(action.substring(at + 1))) {
      return;
    }
    String verb = at >= 0 ? action.substring(0, at) : action;
    if (verb.equals("halt")) {
      Runtime.getRuntime().halt(137);
    } else if (verb.equals("throw")) {
      throw new FailpointException(name);
    } else if (verb.startsWith("delay:")) {
      pause(Long.parseLong(verb.substring("delay:".length())));
    } else {
      throw new IllegalArgumentException("unknown failpoint action " + action);
    }
  }

  private static String actionFor(String name, Path file) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(name + "="))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
