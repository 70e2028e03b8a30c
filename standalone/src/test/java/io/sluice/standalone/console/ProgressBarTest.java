package io.sluice.standalone.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressBarTest {

  private final RecordingTerminal recorded = new RecordingTerminal();

  @Test
  void inALogThereIsOneLineForEachTenth() {
    ProgressBar bar = new ProgressBar(recorded.terminal(false), "upload", 1000, 0);

    for (int i = 0; i < 1000; i++) {
      bar.add(1);
    }
    bar.stop();

    assertThat(recorded.talk()).hasSize(11);
    assertThat(recorded.talk().getLast())
        .contains("upload", "100%", "MiB/s")
        .doesNotContain(".....");
  }

  @Test
  void whatWasDoneBeforeIsShownButIsNotSpeed() {
    ProgressBar bar = new ProgressBar(recorded.terminal(false), "resume", 4L << 40, 2L << 40);

    bar.add(1);
    bar.stop();

    assertThat(recorded.talk().getFirst()).contains(" 50%");
    // One byte in whatever time; two tebibytes would be millions.
    assertThat(recorded.talk().getFirst()).matches(".* \\d{1,3}\\.\\d MiB/s");
  }

  @Test
  void onATerminalOneLineIsDrawnOver() {
    ProgressBar bar = new ProgressBar(recorded.terminal(true), "upload", 10, 0);

    bar.add(5);
    bar.add(5);
    bar.stop();

    assertThat(recorded.talk().getLast()).contains("100%");
    assertThat(recorded.answers()).isEmpty();
  }

  @Test
  void nothingToDoIsDone() {
    ProgressBar bar = new ProgressBar(recorded.terminal(true), "upload", 0, 0);

    bar.stop();

    assertThat(recorded.talk().getLast()).contains("100%");
  }
}
