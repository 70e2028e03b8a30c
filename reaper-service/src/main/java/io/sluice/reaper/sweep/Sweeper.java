package io.sluice.reaper.sweep;

import io.sluice.reaper.removal.Removals;
import io.sluice.reaper.run.Run;
import java.io.IOException;
import org.springframework.stereotype.Component;

/// What every sweep goes by: whether removals are allowed, since when bytes were seen without an owner,
/// and how many may go at once.
@Component
final class Sweeper {

  private final Removals removals;
  private final Sightings sightings;
  private final Brakes brakes;

  Sweeper(Removals removals, Sightings sightings, Brakes brakes) {
    this.removals = removals;
    this.sightings = sightings;
    this.brakes = brakes;
  }

  /// Sweeps a place.
  ///
  /// @throws IOException the place did not answer, or refused to remove something
  <E> void sweep(Sweep.Listing<E> listing, Sweep.Ground<E> ground, Run run) throws IOException {
    Place place = ground.place();
    Run guarded = removals.guarded(run, place.step(), place.kind());
    new Sweep<>(ground, sightings, brakes, guarded).run(listing);
  }
}
