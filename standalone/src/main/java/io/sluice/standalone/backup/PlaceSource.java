package io.sluice.standalone.backup;

import io.sluice.standalone.backup.Manifest.Kind;
import io.sluice.standalone.backup.Manifest.Layout;
import io.sluice.standalone.backup.Manifest.Place;
import java.io.IOException;
import java.nio.file.Path;

/// One place as it is used, of which a backup takes a copy.
///
/// @param directory with its files
/// @param top where in this directory its mark is
record PlaceSource(Kind kind, Layout layout, Path directory, Path top) {

  /// Copies it into a backup. Durable on return.
  Place copy(Path backup) throws IOException {
    Path copy = backup.resolve(kind.word());
    PlaceCopy.Size size = new PlaceCopy(directory, copy).run();
    return new Place(
        kind, layout, size.files(), size.bytes(), PlaceMark.generation(copy.resolve(top)));
  }
}
