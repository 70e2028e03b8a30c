package io.sluice.worker.circuit;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.storage.place.PlaceGuard;
import io.sluice.storage.place.PlaceKind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// The one way to the object store: every call goes through here, and while the store is away no call
/// goes at all.
///
/// It opens by the share of failures, or at once when somebody's failure is followed by a probe that
/// fails too, or when the place is not ours to use. Only a probe closes it again: no job is spent on
/// finding out.
@Component
public class StoreCircuit {

  private static final Logger LOG = LoggerFactory.getLogger(StoreCircuit.class);
  private static final Duration UNTIL_A_PROBE_SAYS_SO = Duration.ofDays(3650);

  private final ObjectStore store;
  private final PlaceGuard places;
  private final CircuitBreaker breaker;
  private final List<CircuitListener> listeners = new CopyOnWriteArrayList<>();

  StoreCircuit(ObjectStore store, PlaceGuard places, CircuitSettings settings) {
    this.store = store;
    this.places = places;
    this.breaker = CircuitBreaker.of("object-store", configuration(settings));
    breaker
        .getEventPublisher()
        .onStateTransition(event -> moved(event.getStateTransition().getToState()));
  }

  private static CircuitBreakerConfig configuration(CircuitSettings settings) {
    return CircuitBreakerConfig.custom()
        .slidingWindowType(SlidingWindowType.COUNT_BASED)
        .slidingWindowSize(settings.window())
        .minimumNumberOfCalls(settings.leastCalls())
        .failureRateThreshold(settings.failurePercent())
        .waitDurationInOpenState(UNTIL_A_PROBE_SAYS_SO)
        .recordException(StoreCircuit::saysAway)
        .ignoreException(thrown -> !saysAway(thrown))
        .build();
  }

  /// Whatever else is thrown, the store did answer, or was not asked. One that asks to slow down is there.
  private static boolean saysAway(Throwable thrown) {
    return thrown instanceof StoreUnavailableException unavailable && !unavailable.isThrottled();
  }

  /// Asks the store.
  ///
  /// @throws CircuitOpenException it was not asked
  public <T> T call(StoreCall<T> call) throws IOException {
    if (isPlaceInTrouble() && !isOpen()) {
      breaker.transitionToOpenState();
    }
    if (!breaker.tryAcquirePermission()) {
      throw new CircuitOpenException();
    }
    long begun = System.nanoTime();
    try {
      T answer = call.run();
      breaker.onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
      return answer;
    } catch (IOException | RuntimeException e) {
      breaker.onError(System.nanoTime() - begun, TimeUnit.NANOSECONDS, e);
      throw e;
    }
  }

  /// Whether calls are refused.
  public boolean isOpen() {
    return breaker.getState() == CircuitBreaker.State.OPEN;
  }

  /// To be asked after a call failed: is it the store that is away, or was it this call alone? A probe
  /// that fails opens the circuit.
  public boolean storeAnswers() {
    if (isOpen()) {
      return false;
    }
    if (probe()) {
      return true;
    }
    breaker.transitionToOpenState();
    return false;
  }

  /// Adds someone to be told.
  public void addListener(CircuitListener listener) {
    listeners.add(listener);
  }

  private boolean isPlaceInTrouble() {
    return places.trouble(PlaceKind.OBJECTS).isPresent();
  }

  /// After an outage another bucket or directory may be there than before: the mark is looked at now, and not
  /// as of a while ago.
  boolean probe() {
    try {
      if (places.troubleNow(PlaceKind.OBJECTS).isPresent()) {
        return false;
      }
      store.probe();
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.atDebug().setCause(e).log("store probe failed");
      return false;
    }
  }

  void close() {
    breaker.transitionToClosedState();
  }

  private void moved(CircuitBreaker.State to) {
    if (to == CircuitBreaker.State.OPEN) {
      LOG.atWarn().log("object store away");
      listeners.forEach(CircuitListener::opened);
    } else if (to == CircuitBreaker.State.CLOSED) {
      LOG.atInfo().log("object store back");
      listeners.forEach(CircuitListener::closed);
    }
  }
}
