package io.sluice.acceptance.facts;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// The staging of the system under test.
public interface Staging {

  /// Everything in it, but its mark.
  List<StagedFile> list() throws IOException;

  /// The bytes under a key, or empty if there is nothing.
  Optional<InputStream> open(String key) throws IOException;
}
