package io.sluice.standalone.console;

import java.io.PrintStream;

/// The two streams of a command: answers, which a script may read, go to standard output; everything else that a
/// person is told goes to standard error.
///
/// @param answers standard output
/// @param talk standard error
/// @param interactive whether a person watches, so that a line may be drawn over
public record Terminal(PrintStream answers, PrintStream talk, boolean interactive) {

  /// The terminal of this process.
  // The warning is about the JDKs before this one: here there is none unless input and output are
  // terminals.
  @SuppressWarnings("SystemConsoleNull")
  public static Terminal system() {
    java.io.Console console = System.console();
    return new Terminal(System.out, System.err, console != null && console.isTerminal());
  }

  /// Prints what was asked for.
  public void answer(String line) {
    answers.println(line);
    answers.flush();
  }

  /// Tells a person something.
  public void say(String line) {
    talk.println(line);
    talk.flush();
  }
}
