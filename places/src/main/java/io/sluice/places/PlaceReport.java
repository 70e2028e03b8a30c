package io.sluice.places;

import io.sluice.storage.place.Mark;
import io.sluice.storage.place.PlaceAddress;
import io.sluice.storage.place.PlaceKind;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a place stands, for administrators.
///
/// @param kind what it holds
/// @param backend as this process is configured
/// @param location as this process is configured
/// @param state in one word
/// @param detail in one line
/// @param generation of the row; 0 without one
/// @param markGeneration of the mark; null without one
/// @param markDeploymentId whose mark it carries; null without one
/// @param ours whether that is this deployment
public record PlaceReport(
    PlaceKind kind,
    String backend,
    String location,
    PlaceWord state,
    String detail,
    long generation,
    @Nullable Long markGeneration,
    @Nullable UUID markDeploymentId,
    boolean ours) {

  static PlaceReport of(PlaceAddress address, Seen seen) {
    UUID marked = seen.mark().map(Mark::deploymentId).orElse(null);
    return new PlaceReport(
        address.kind(),
        address.backend(),
        address.location(),
        seen.word(),
        seen.text(),
        seen.generation(),
        seen.mark().map(Mark::generation).orElse(null),
        marked,
        marked != null && seen.deploymentId().filter(marked::equals).isPresent());
  }
}
