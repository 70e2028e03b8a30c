package io.sluice.storage.place;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a place says of itself, in the file [#KEY] at its top: whose it is, which one, and how far the
/// database had come that was last sure of it.
///
/// @param deploymentId the database that names bytes here
/// @param placeId this place, and no copy of its settings
/// @param kind what it holds
/// @param madeAt when it was claimed; for people
/// @param generation moved forward all the time, in the database first
public record Mark(
    UUID deploymentId, UUID placeId, PlaceKind kind, Instant madeAt, long generation) {

  /// The directory of the mark. Its name has the shape of no staging key and no object key.
  public static final String DIRECTORY = ".sluice";

  /// The mark, below the directory or the prefix of its place.
  public static final String KEY = DIRECTORY + "/place.json";

  /// More than any mark has.
  public static final int MAX_BYTES = 4096;

  private static final String UUID_FORM = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";

  /// One form only: a mark that somebody has edited is to be looked at by somebody.
  private static final Pattern FORM =
      Pattern.compile(
          """
          \\s*\\{\\s*"deployment_id"\\s*:\\s*"%s"\\s*,\\s*"place_id"\\s*:\\s*"%s"\\s*,\
          \\s*"kind"\\s*:\\s*"(STAGING|OBJECTS)"\\s*,\\s*"made_at"\\s*:\\s*"([0-9T:.Z-]{1,40})"\\s*,\
          \\s*"generation"\\s*:\\s*([0-9]{1,18})\\s*\\}\\s*\
          """
              .formatted(UUID_FORM, UUID_FORM));

  public Mark {
    if (generation < 0) {
      throw new IllegalArgumentException("a generation is not negative");
    }
  }

  /// As it is written.
  public String json() {
    return """
    {
      "deployment_id": "%s",
      "place_id": "%s",
      "kind": "%s",
      "made_at": "%s",
      "generation": %d
    }
    """
        .formatted(deploymentId, placeId, kind, madeAt, generation);
  }

  /// Reads what was written.
  ///
  /// @throws MarkUnreadableException it is anything else
  public static Mark parse(String json) throws MarkUnreadableException {
    Matcher form = FORM.matcher(json);
    if (!form.matches()) {
      throw new MarkUnreadableException(KEY + " is not a mark");
    }
    try {
      return new Mark(
          UUID.fromString(form.group(1)),
          UUID.fromString(form.group(2)),
          PlaceKind.valueOf(form.group(3)),
          Instant.parse(form.group(4)),
          Long.parseLong(form.group(5)));
    } catch (DateTimeException e) {
      throw new MarkUnreadableException(KEY + " is not a mark", e);
    }
  }

  /// The same mark, further on.
  public Mark at(long newGeneration) {
    return new Mark(deploymentId, placeId, kind, madeAt, newGeneration);
  }
}
