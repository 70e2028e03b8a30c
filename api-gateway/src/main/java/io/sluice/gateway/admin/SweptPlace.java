package io.sluice.gateway.admin;

import io.sluice.gateway.problem.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the reaper sweeps; the words of `orphan_sightings.place` and `sweep_brakes.place`, on the wire in
/// lower case.
enum SweptPlace {
  STAGING,
  MULTIPART,
  OBJECT;

  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// From a path.
  ///
  /// @throws ProblemException 404: there is no such place
  static SweptPlace ofPath(String word) {
    return named(word).orElseThrow(ProblemException::notFound);
  }

  /// From a query, where it may be left out.
  ///
  /// @throws ProblemException 422: there is no such place
  static Optional<SweptPlace> ofQuery(@Nullable String word) {
    if (word == null) {
      return Optional.empty();
    }
    return Optional.of(
        named(word)
            .orElseThrow(
                () -> ProblemException.invalid("place", "must be object, multipart or staging")));
  }

  static Optional<SweptPlace> named(String word) {
    return Arrays.stream(values()).filter(place -> place.wire().equals(word)).findFirst();
  }
}
