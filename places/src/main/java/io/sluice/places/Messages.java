package io.sluice.places;

import io.sluice.storage.place.Mark;
import io.sluice.storage.place.PlaceAddress;
import io.sluice.storage.place.PlaceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// One line for an operator for each way a place can stand: what was found, and what to do. The same lines are
/// in docs/operations.md.
final class Messages {

  private Messages() {}

  static String of(Verdict verdict, PlaceAddress place, UUID deploymentId) {
    return switch (verdict) {
      case Verdict.Ours _ -> "%s: %s is ours".formatted(place.kind().word(), place.text());
      case Verdict.Unclaimed _ ->
          "%s: %s is not claimed yet".formatted(place.kind().word(), place.text());
      case Verdict.Absent _ -> absent(place);
      case Verdict.Foreign foreign -> foreign(foreign.mark(), place, deploymentId);
      case Verdict.Occupied _ ->
          "%s: %s carries no mark but holds bytes of uploads that this database does not know; name a place of its own in %s, or take it over: ./sluice adopt %s"
              .formatted(
                  place.kind().word(), place.text(), place.locationSetting(), place.kind().word());
      case Verdict.Ahead ahead -> ahead(ahead, place);
      case Verdict.Elsewhere _ ->
          "%s: %s is another place of this deployment than the one its rows name bytes in; mount that one again, or give its bytes up: ./sluice adopt %s"
              .formatted(place.kind().word(), place.text(), place.kind().word());
      case Verdict.Changed changed -> changed(changed, place);
    };
  }

  private static String absent(PlaceAddress place) {
    return "%s: there is no mark in %s although rows name bytes there: is it mounted, was it emptied? If the bytes are gone for good: ./sluice adopt %s"
        .formatted(place.kind().word(), place.text(), place.kind().word());
  }

  private static String foreign(Mark mark, PlaceAddress place, UUID deploymentId) {
    if (mark.deploymentId().equals(deploymentId)) {
      return "%s: %s is where this deployment has its %s; name a place of its own in %s"
          .formatted(
              place.kind().word(), place.text(), mark.kind().word(), place.locationSetting());
    }
    return "%s: %s belongs to deployment %s, this database is %s; name a place of its own in %s, or take it over: ./sluice adopt %s"
        .formatted(
            place.kind().word(),
            place.text(),
            mark.deploymentId(),
            deploymentId,
            place.locationSetting(),
            place.kind().word());
  }

  private static String ahead(Verdict.Ahead ahead, PlaceAddress place) {
    return "%s: %s is at generation %d and this database at %d: it was restored from a backup, or is a copy; nothing is removed until: ./sluice adopt %s"
        .formatted(
            place.kind().word(),
            place.text(),
            ahead.mark().generation(),
            ahead.row().map(PlaceRow::generation).orElse(0L),
            place.kind().word());
  }

  private static String changed(Verdict.Changed changed, PlaceAddress place) {
    PlaceRow row = changed.row();
    boolean backend = !row.backend().equals(place.backend());
    return "%s names %s for %s, but rows name bytes in %s; set it back, or move the bytes there with their %s"
        .formatted(
            backend ? place.backendSetting() : place.locationSetting(),
            place.text(),
            place.kind().word(),
            row.text(),
            Mark.KEY);
  }

  /// Without ids and locations, for whoever asks without a key.
  static String brief(PlaceWord word, PlaceKind kind) {
    String place = kind.word();
    return switch (word) {
      case OURS -> "%s is ours".formatted(place);
      case AHEAD ->
          "%s is ahead of the database, which was restored or is a copy; nothing is removed until: ./sluice adopt %s"
              .formatted(place, place);
      case UNCLAIMED -> "%s is not claimed yet".formatted(place);
      case ABSENT ->
          "%s has no mark although rows name bytes there: is it mounted, was it emptied?"
              .formatted(place);
      case FOREIGN -> "%s belongs to another deployment or purpose".formatted(place);
      case OCCUPIED ->
          "%s holds bytes of uploads that this database does not know".formatted(place);
      case ELSEWHERE -> "%s is another place than the one that rows name bytes in".formatted(place);
      case CHANGED -> "%s is configured elsewhere than where rows name bytes".formatted(place);
      case AWAY -> "%s cannot be read".formatted(place);
      case UNKNOWN -> "%s: nobody can tell yet whose it is".formatted(place);
    };
  }

  static String away(PlaceAddress place, Throwable failure) {
    return "%s: %s cannot be read: %s"
        .formatted(place.kind().word(), place.text(), reason(failure));
  }

  static String notClaimed(PlaceAddress place, Throwable failure) {
    return "%s: %s (%s) cannot be claimed: %s"
        .formatted(place.kind().word(), place.text(), place.locationSetting(), reason(failure));
  }

  static String silent(PlaceAddress place, Duration patience) {
    return "%s: %s does not answer within %d ms"
        .formatted(place.kind().word(), place.text(), patience.toMillis());
  }

  static String notLookedAt(PlaceAddress place) {
    return "%s: %s was not looked at yet".formatted(place.kind().word(), place.text());
  }

  static String databaseAway(PlaceAddress place) {
    return "%s: the database does not say whose %s is".formatted(place.kind().word(), place.text());
  }

  static String held(PlaceAddress place, Instant until) {
    return "%s: nothing is removed until %s: a backup is being taken"
        .formatted(place.kind().word(), until);
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    String line = message == null ? "" : message.lines().findFirst().orElse("");
    return line.isEmpty()
        ? failure.getClass().getSimpleName()
        : failure.getClass().getSimpleName() + ": " + line;
  }
}
