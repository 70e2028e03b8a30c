package io.sluice.standalone.instance;

import io.sluice.embedded.process.PidFile;
import io.sluice.embedded.process.ProcessIdentity;
import io.sluice.embedded.process.StopSignal;
import io.sluice.embedded.process.Stopping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The processes that outlived an instance which was killed. Whoever calls holds the instance's lock or knows that
/// nobody does. Each member wrote down who it is when it was started.
///
/// @param directory of the instance
public record LeftOvers(DataDirectory directory) {

  /// They were asked to end when their parent died; they have had their time.
  private static final Duration GRACE = Duration.ofSeconds(5);

  /// Ends them and returns how many there were.
  public int stop() throws IOException {
    return stopIn(directory.run(), StopSignal.TERM)
        + stopIn(directory.s3(), StopSignal.TERM)
        + stopIn(directory.redis(), StopSignal.TERM)
        // To PostgreSQL TERM means: when the last client has gone.
        + stopIn(directory.postgres(), StopSignal.INT);
  }

  private static int stopIn(Path place, StopSignal signal) throws IOException {
    int stopped = 0;
    for (PidFile file : pidFiles(place)) {
      Optional<ProcessIdentity> process = file.running();
      if (process.isPresent()) {
        Stopping.stop(process.get(), signal, GRACE);
        stopped++;
      }
      file.delete();
    }
    return stopped;
  }

  private static List<PidFile> pidFiles(Path place) throws IOException {
    try (Stream<Path> entries = Files.list(place)) {
      return entries
          .filter(path -> path.getFileName().toString().endsWith(".pid"))
          .sorted()
          .map(PidFile::new)
          .toList();
    } catch (NoSuchFileException neverStarted) {
      return List.of();
    }
  }
}
