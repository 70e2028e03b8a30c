package io.sluice.embedded.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Locale;

/// How a process is asked to end.
public enum StopSignal {
  /// The usual request.
  TERM,
  /// What PostgreSQL calls a fast shutdown: clients are disconnected, everything is written.
  INT,
  /// No request: it ends at once.
  KILL;

  String lowerCase() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Through the shell's own `kill`: Java can send only two of these, and not every system has a kill program.
  void send(long pid) throws IOException, InterruptedException {
    new ProcessBuilder("/bin/sh", "-c", "kill -" + name() + " \"$0\"", Long.toString(pid))
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
