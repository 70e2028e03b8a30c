package io.sluice.places;

import io.sluice.storage.place.MarkedPlaces;
import io.sluice.storage.place.PlaceKind;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/// The watches over both places. They look before anything else starts, so that a start that would be with
/// the wrong places is refused, and one with new places finds them claimed.
final class Watches implements SmartLifecycle {

  private final Map<PlaceKind, Watch> watches = new EnumMap<>(PlaceKind.class);
  private final Map<PlaceKind, Claims> claims = new EnumMap<>(PlaceKind.class);
  private volatile boolean running;

  Watches(
      MarkedPlaces places,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Clock clock,
      PlaceSettings settings) {
    PlaceRows rows = new PlaceRows(jdbc);
    for (PlaceKind kind : PlaceKind.values()) {
      Claims claiming = new Claims(places.of(kind), rows, clock, transactions);
      Generation generation =
          new Generation(places.of(kind), rows, settings.moveEvery(), System::nanoTime);
      Look look =
          new Look(places.of(kind), rows, settings.patience().dividedBy(2), claiming, generation);
      claims.put(kind, claiming);
      watches.put(
          kind, new Watch(places.of(kind).address(), look::look, settings, System::nanoTime));
    }
  }

  Watch of(PlaceKind kind) {
    return Objects.requireNonNull(watches.get(kind));
  }

  /// Takes a place over, and looks at it again.
  Adoption adopt(PlaceKind kind) {
    Watch watch = of(kind);
    Adoption adoption;
    try {
      adoption = Objects.requireNonNull(claims.get(kind)).adopt();
    } catch (IOException e) {
      adoption = new Adoption.Unreachable(Messages.notClaimed(watch.address(), e));
    }
    watch.now();
    return adoption;
  }

  /// Looks at both, each within its patience.
  ///
  /// @throws PlaceRefusedException the settings name another place than the rows
  @Override
  public void start() {
    CompletableFuture<?>[] looks =
        Arrays.stream(PlaceKind.values())
            .map(kind -> CompletableFuture.runAsync(() -> of(kind).now(), Watches::inThread))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(looks).join();
    for (Watch watch : watches.values()) {
      if (watch.seen().word() == PlaceWord.CHANGED) {
        throw new PlaceRefusedException(watch.seen().text());
      }
    }
    watches.values().forEach(Watch::start);
    running = true;
  }

  private static void inThread(Runnable look) {
    Thread.ofVirtual().name("place-first-look").start(look);
  }

  @Override
  public void stop() {
    watches.values().forEach(Watch::stop);
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// First to start, last to stop.
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE;
  }
}
