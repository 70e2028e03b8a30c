package io.sluice.storage.local;

import io.sluice.storage.object.ObjectKeys;
import io.sluice.storage.object.OpenMultipart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/// Where chunks grow that must be copied, before they get their name: `copies/<uploadId>.<index>.<id>`.
/// What a crash leaves here can be told by its age and belongs to the upload in its name.
///
/// The directory may be missing: a backup takes no unfinished copies, so a restored place has none. The first
/// copy makes it again.
record UnfinishedCopies(Path directory) {

  /// An unused name: no two writers share one.
  Path next(String objectKey, int chunkIndex) {
    UUID uploadId = ObjectKeys.uploadOf(objectKey).orElseThrow();
    return directory.resolve("%s.%d.%s".formatted(uploadId, chunkIndex, UUID.randomUUID()));
  }

  void forEach(Consumer<OpenMultipart> visitor) throws IOException {
    each(copy -> {
      String name = Entries.nameOf(copy);
      Instant began = Files.getLastModifiedTime(copy).toInstant();
      keyOf(name).ifPresent(key -> visitor.accept(new OpenMultipart(key, name, began)));
    });
  }

  void delete(String name) throws IOException {
    if (keyOf(name).isEmpty() || name.indexOf('/') >= 0) {
      throw new IllegalArgumentException("not an unfinished copy");
    }
    Files.deleteIfExists(directory.resolve(name));
  }

  void deleteAllOf(String objectKey) throws IOException {
    each(copy -> {
      if (keyOf(Entries.nameOf(copy)).equals(Optional.of(objectKey))) {
        Files.deleteIfExists(copy);
      }
    });
  }

  private void each(Entries.Visitor visitor) throws IOException {
    try {
      Entries.forEach(directory, visitor);
    } catch (NoSuchFileException e) {
      return; // no directory, no copies: an entry that goes away does not end the listing
    }
  }

  private static Optional<String> keyOf(String name) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(ObjectKeys.forUpload(UUID.fromString(name.substring(0, dot))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
