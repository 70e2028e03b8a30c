package io.sluice.reaper;

import io.sluice.storage.place.PlaceGuard;
import io.sluice.storage.place.PlaceKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A guard that a test gives its answers.
public final class SwitchedGuard implements PlaceGuard {

  private final Map<PlaceKind, String> reasons = new EnumMap<>(PlaceKind.class);
  private final AtomicInteger askedFirst = new AtomicInteger();

  /// Lets everything go on.
  public synchronized void allow() {
    reasons.clear();
    askedFirst.set(0);
  }

  /// Lets nothing be removed from a place.
  public synchronized void forbid(PlaceKind place) {
    forbidAfter(place, 0);
  }

  /// Lets nothing be removed from a place once it was asked for so many times.
  public synchronized void forbidAfter(PlaceKind place, int questions) {
    reasons.put(place, "somebody takes a backup");
    askedFirst.set(questions);
  }

  @Override
  public Optional<String> trouble(PlaceKind place) {
    return Optional.empty();
  }

  @Override
  public Optional<String> troubleNow(PlaceKind place) {
    return Optional.empty();
  }

  @Override
  public synchronized Optional<String> noRemoval(PlaceKind place) {
    if (!reasons.containsKey(place) || askedFirst.getAndDecrement() > 0) {
      return Optional.empty();
    }
    return Optional.ofNullable(reasons.get(place));
  }
}
