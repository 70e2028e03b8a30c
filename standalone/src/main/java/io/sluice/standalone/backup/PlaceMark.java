package io.sluice.standalone.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The mark by which a place says whose it is and how far the database had come.
final class PlaceMark {

  private static final String FILE = ".sluice/place.json";

  private PlaceMark() {}

  /// The generation that the mark of a copied place has.
  ///
  /// @param top of the place: where its keys begin
  /// @return null if it carries no mark
  static @Nullable Long generation(Path top) throws IOException {
    Path file = top.resolve(FILE);
    try {
      JsonNode generation = JsonMapper.shared().readTree(Files.readString(file)).path("generation");
      if (!generation.isIntegralNumber()) {
        throw new BackupException(file + " is not the mark of a place.");
      }
      return generation.longValue();
    } catch (NoSuchFileException unmarked) {
      return null;
    } catch (JacksonException unreadable) {
      throw new BackupException(file + " is not the mark of a place.", unreadable);
    }
  }
}
