package io.sluice.acceptance.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/// What can be sent to a process.
enum Signal {
  KILL,
  STOP,
  CONT;

  void send(long pid) throws IOException, InterruptedException {
    new ProcessBuilder("/bin/sh", "-c", "kill -" + name() + " \"$0\"", Long.toString(pid))
        .redirectOutput(Redirect.DISCARD)
        .redirectError(Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
