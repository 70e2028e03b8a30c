package io.sluice.acceptance.history;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// The history of one client, one JSON object a line. A line is out of this process before the client
/// takes its next step, so a history never knows less than its client did.
public final class HistoryFile implements HistoryWriter, AutoCloseable {

  private static final String SUFFIX = ".history.jsonl";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final BufferedWriter writer;

  /// Opens the history of a client, after what it holds already.
  public HistoryFile(Path directory, String client) throws IOException {
    Files.createDirectories(directory);
    writer =
        Files.newBufferedWriter(
            directory.resolve(client + SUFFIX),
            StandardCharsets.UTF_8,
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
  }

  @Override
  public synchronized void write(HistoryEvent event) {
    try {
      writer.write(JSON.writeValueAsString(event));
      writer.newLine();
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  /// Reads the histories of all clients in a directory; each client's events stay in their order.
  public static List<ClientHistory> readAll(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
          .sorted()
          .map(HistoryFile::read)
          .toList();
    }
  }

  private static ClientHistory read(Path file) {
    String name = file.getFileName().toString();
    try (Stream<String> lines = Files.lines(file)) {
      return new ClientHistory(
          name.substring(0, name.length() - SUFFIX.length()),
          lines.map(line -> JSON.readValue(line, HistoryEvent.class)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
