package io.sluice.standalone.console;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A terminal that remembers what it was told.
public final class RecordingTerminal {

  private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
  private final ByteArrayOutputStream talk = new ByteArrayOutputStream();

  /// The terminal to hand out.
  public Terminal terminal(boolean interactive) {
    return new Terminal(
        new PrintStream(answers, true, StandardCharsets.UTF_8),
        new PrintStream(talk, true, StandardCharsets.UTF_8),
        interactive);
  }

  /// Lines of standard output.
  public List<String> answers() {
    return answers.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /// Lines of standard error.
  public List<String> talk() {
    return talk.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
