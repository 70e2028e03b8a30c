package io.sluice.standalone.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

  @TempDir private Path directory;

  @Test
  void itBeginsWithTheLastLines() throws IOException {
    LogTail tail =
        tail(IntStream.range(0, 100).mapToObj(i -> i + "\n").collect(Collectors.joining()));

    assertThat(tail.last(3)).containsExactly("> 97", "> 98", "> 99");
  }

  @Test
  void itGoesOnWithWhatIsAppendedOnceTheLineIsWhole() throws IOException {
    LogTail tail = tail("one\ntw");
    assertThat(tail.last(10)).containsExactly("> one");

    append("o\nthr");
    assertThat(tail.more()).containsExactly("> two");
    assertThat(tail.more()).isEmpty();
  }

  @Test
  void aLetterOfSeveralBytesMayArriveInPieces() throws IOException {
    LogTail tail = tail("");
    byte[] letter = "ö\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Files.write(file(), new byte[] {letter[0]}, StandardOpenOption.APPEND);
    assertThat(tail.more()).isEmpty();

    Files.write(file(), new byte[] {letter[1], letter[2]}, StandardOpenOption.APPEND);
    assertThat(tail.more()).containsExactly("> ö");
  }

  @Test
  void aTurnedLogIsReadFromItsBeginning() throws IOException {
    LogTail tail = tail("old old old\n");
    tail.last(1);

    Files.writeString(file(), "new\n");

    assertThat(tail.more()).containsExactly("> new");
  }

  @Test
  void aLogThatIsNotThereYetIsEmpty() throws IOException {
    assertThat(new LogTail(file(), "").last(5)).isEmpty();
  }

  private LogTail tail(String content) throws IOException {
    Files.writeString(file(), content);
    return new LogTail(file(), "> ");
  }

  private void append(String text) throws IOException {
    Files.writeString(file(), text, StandardOpenOption.APPEND);
  }

  private Path file() {
    return directory.resolve("some.log");
  }
}
