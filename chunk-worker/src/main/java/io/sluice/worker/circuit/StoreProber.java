package io.sluice.worker.circuit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/// While the circuit is open, asks the store again and again whether it is back.
@Component
final class StoreProber implements CircuitListener, DisposableBean {

  private final StoreCircuit circuit;
  private final CircuitSettings settings;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicBoolean probing = new AtomicBoolean();

  StoreProber(StoreCircuit circuit, CircuitSettings settings) {
    this.circuit = circuit;
    this.settings = settings;
    circuit.addListener(this);
  }

  @Override
  public void opened() {
    if (probing.compareAndSet(false, true)) {
      Thread.ofVirtual().name("store-prober").start(this::probeUntilBack);
    }
  }

  @Override
  public void closed() {}

  @Override
  public void destroy() {
    stopped.countDown();
  }

  private void probeUntilBack() {
    Duration delay = settings.probeDelay();
    try {
      while (!stopped.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
        if (circuit.probe()) {
          // Before closing: it may open again at once, and then needs another of these threads.
          probing.set(false);
          circuit.close();
          return;
        }
        delay = shorter(delay.multipliedBy(2), settings.longestProbeDelay());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
