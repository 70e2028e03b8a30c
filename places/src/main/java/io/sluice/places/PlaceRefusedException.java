package io.sluice.places;

/// The settings name another place than the rows do: the start is refused, in one line for whoever started it.
public final class PlaceRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PlaceRefusedException(String message) {
    super(message);
  }
}
