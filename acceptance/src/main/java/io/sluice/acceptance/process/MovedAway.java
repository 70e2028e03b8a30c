package io.sluice.acceptance.process;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// A directory that is not where it should be, as when a volume is not mounted, until it is put back.
///
/// @param place where it should be
/// @param away where it is meanwhile, on the same file system
public record MovedAway(Path place, Path away) implements AutoCloseable {

  private static final int TRIES = 20;

  /// Moves a directory away.
  public static MovedAway from(Path place) throws IOException {
    Path away = place.resolveSibling(place.getFileName() + "-away");
    Files.move(place, away);
    return new MovedAway(place, away);
  }

  /// Puts it back. Whatever somebody made in its place meanwhile is hidden behind it, as behind a mount: to one side,
  /// and what was put there counts as lost.
  @Override
  public void close() throws IOException {
    for (int attempt = 1; Files.exists(away); attempt++) {
      try {
        hideWhatIsThere();
        Files.move(away, place);
      } catch (FileAlreadyExistsException madeAgain) {
        if (attempt == TRIES) {
          throw madeAgain;
        }
      }
    }
  }

  private void hideWhatIsThere() throws IOException {
    if (Files.exists(place)) {
      Files.move(
          place, place.resolveSibling(place.getFileName() + "-made-anew-" + UUID.randomUUID()));
    }
  }
}
