package io.sluice.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.standalone.console.RecordingTerminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoTest {

  private static final int SIZE_BYTES = (20 << 16) + 123;

  @TempDir private Path directory;
  private final RecordingTerminal recorded = new RecordingTerminal();
  private UploadServer server;

  @BeforeEach
  void start() throws IOException {
    server = new UploadServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theFileComesBackIdentical() throws IOException {
    Path file = file(SIZE_BYTES);

    assertThat(demo(file.toString())).isZero();

    assertThat(received()).isEqualTo(Files.readAllBytes(file));
    assertThat(recorded.answers()).singleElement().asString().startsWith("identical: upload ");
    assertThat(file).exists();
  }

  @Test
  void itFallsHalfWayAndThenSendsWhatIsMissing() throws IOException {
    demo(file(SIZE_BYTES).toString());

    assertThat(recorded.talk())
        .anyMatch(line -> line.contains("Interrupted on purpose"))
        .anyMatch(line -> line.matches(".*missing-chunks says: ([1-9]|10) of 21 .*"));
    // Several pages of missing indexes were asked for.
    assertThat(server.missingQuestions.get()).isGreaterThan(1);
    // What was acknowledged to the client before the fall is not sent again; at most the few whose
    // acknowledgement was cut off with the connections could be.
    int sent = server.acknowledgements.values().stream().mapToInt(AtomicInteger::get).sum();
    assertThat(sent).isBetween(21, 21 + 4);
  }

  @Test
  void aThrottledChunkIsSentAgainAfterTheTimeTheServerNames() throws IOException {
    // As many as are sent at once: so each of them has to wait.
    server.refusalsLeft.set(4);
    long start = System.nanoTime();

    assertThat(demo(file(SIZE_BYTES).toString())).isZero();

    assertThat(System.nanoTime() - start).isGreaterThan(1_000_000_000L);
    assertThat(server.chunks).hasSize(21);
  }

  @Test
  void otherBytesThanWereSentAreFoundOut() throws IOException {
    server.damagesDownloads = true;

    assertThat(demo(file(SIZE_BYTES).toString())).isEqualTo(1);

    assertThat(recorded.answers()).singleElement().asString().startsWith("DIFFERENT");
  }

  @Test
  void anEmptyFileIsAFileToo() throws IOException {
    assertThat(demo(file(0).toString())).isZero();

    assertThat(server.status).isEqualTo("COMPLETED");
    assertThat(server.chunks).isEmpty();
  }

  @Test
  void aRefusalIsShownInTheServersWords() throws IOException {
    assertThat(demo(file(10).toString(), "--key", "wrong")).isEqualTo(1);

    assertThat(recorded.talk())
        .singleElement()
        .asString()
        .contains("401", "unauthenticated", "no valid API key");
  }

  @Test
  void whereNothingAnswersItSaysHowToStart() throws IOException {
    server.close();

    assertThat(demo(file(10).toString())).isEqualTo(1);

    assertThat(recorded.talk().getFirst()).startsWith("Nothing answers at " + server.url());
    assertThat(recorded.talk()).anyMatch(line -> line.strip().equals("./sluice up"));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Path nowhere = directory.resolve("nowhere");

    assertThat(demo(nowhere.toString())).isEqualTo(1);

    assertThat(recorded.talk()).containsExactly(nowhere + " is not a file that can be read");
  }

  private Path file(int sizeBytes) throws IOException {
    byte[] bytes = new byte[sizeBytes];
    new Random(sizeBytes).nextBytes(bytes);
    return Files.write(directory.resolve("file.bin"), bytes);
  }

  private byte[] received() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    server.chunks.values().forEach(all::writeBytes);
    return all.toByteArray();
  }

  private int demo(String... arguments) {
    String[] all = new String[arguments.length + 4];
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    System.arraycopy(new String[] {"--url", server.url(), "--parallel", "4"}, 0, all, 0, 4);
    return new CommandLine(new DemoCommand(recorded.terminal(false))).execute(all);
  }
}
