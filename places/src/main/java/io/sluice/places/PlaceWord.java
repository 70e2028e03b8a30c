package io.sluice.places;

import java.util.Locale;

/// In one word, for metrics and programs: how a place stands. A closed set.
public enum PlaceWord {
  OURS,
  AHEAD,
  UNCLAIMED,
  ABSENT,
  FOREIGN,
  OCCUPIED,
  ELSEWHERE,
  CHANGED,
  AWAY,
  UNKNOWN;

  static PlaceWord of(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Ours _ -> OURS;
      case Verdict.Ahead _ -> AHEAD;
      case Verdict.Unclaimed _ -> UNCLAIMED;
      case Verdict.Absent _ -> ABSENT;
      case Verdict.Foreign _ -> FOREIGN;
      case Verdict.Occupied _ -> OCCUPIED;
      case Verdict.Elsewhere _ -> ELSEWHERE;
      case Verdict.Changed _ -> CHANGED;
    };
  }

  /// On the wire.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether bytes may be put here and judged.
  boolean isUsable() {
    return this == OURS || this == AHEAD;
  }
}
