package io.sluice.gateway.admin;

import io.sluice.places.PlaceReport;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How a place that holds bytes stands.
///
/// @param kind `staging` or `objects`
/// @param backend as this gateway is configured
/// @param location as this gateway is configured
/// @param state one word
/// @param detail one line
/// @param generation of its row; 0 if it was never claimed
/// @param markGeneration of its mark; null without one
/// @param markDeploymentId whose mark it carries; null without one
/// @param ours whether that is this deployment
record PlaceAnswer(
    String kind,
    String backend,
    String location,
    String state,
    String detail,
    long generation,
    @Nullable Long markGeneration,
    @Nullable UUID markDeploymentId,
    boolean ours) {

  /// Both.
  record All(List<PlaceAnswer> places) {
    All {
      places = List.copyOf(places);
    }
  }

  /// One that was taken over.
  ///
  /// @param renewedUploads open uploads that have their whole time again
  record Adopted(PlaceAnswer place, int renewedUploads) {}

  static PlaceAnswer of(PlaceReport report) {
    return new PlaceAnswer(
        report.kind().word(),
        report.backend(),
        report.location(),
        report.state().wire(),
        report.detail(),
        report.generation(),
        report.markGeneration(),
        report.markDeploymentId(),
        report.ours());
  }
}
