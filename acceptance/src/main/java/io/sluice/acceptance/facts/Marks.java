package io.sluice.acceptance.facts;

import java.util.List;

/// What a place says of itself, and no bytes of any client.
final class Marks {

  private static final String DIRECTORY = ".sluice";

  private Marks() {}

  /// Whether a name is of a mark, at the top of a place or of one within it.
  static boolean isMark(String key) {
    return List.of(key.split("/", -1)).contains(DIRECTORY);
  }
}
