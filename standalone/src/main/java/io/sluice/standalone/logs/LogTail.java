package io.sluice.standalone.logs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads the end of a file that grows, whole lines only; starts over when the file is turned.
final class LogTail {

  private static final int LAST_BYTES = 1 << 20;
  private static final int STEP_BYTES = 1 << 16;

  private final Path file;
  private final String prefix;
  private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
  private long position;

  /// @param prefix put before every line
  LogTail(Path file, String prefix) {
    this.file = file;
    this.prefix = prefix;
  }

  /// The last lines there are now.
  List<String> last(int count) throws IOException {
    position = Math.max(0, size() - LAST_BYTES);
    List<String> lines = more();
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }

  /// The lines that came since the last call.
  List<String> more() throws IOException {
    if (size() < position) {
      position = 0;
      unfinished.reset();
    }
    List<String> lines = new ArrayList<>();
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(position);
      ByteBuffer buffer = ByteBuffer.allocate(STEP_BYTES);
      while (channel.read(buffer) > 0) {
        position = channel.position();
        buffer.flip();
        take(buffer, lines);
        buffer.clear();
      }
    } catch (NoSuchFileException beingTurned) {
      return lines;
    }
    return lines;
  }

  private void take(ByteBuffer bytes, List<String> lines) {
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      if (next == '\n') {
        lines.add(prefix + unfinished.toString(StandardCharsets.UTF_8));
        unfinished.reset();
      } else {
        unfinished.write(next);
      }
    }
  }

  private long size() throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException beingTurned) {
      return 0;
    }
  }
}
