package io.sluice.worker.circuit;

import io.sluice.runtime.health.NotReadyException;
import io.sluice.runtime.health.ReadinessCheck;
import org.springframework.stereotype.Component;

/// Says that the object store takes nothing just now. A worker is ready all the same: it goes on by itself
/// as soon as a probe is taken.
@Component
final class StoreReadiness implements ReadinessCheck {

  private final StoreCircuit circuit;

  StoreReadiness(StoreCircuit circuit) {
    this.circuit = circuit;
  }

  @Override
  public String name() {
    return "object-store";
  }

  @Override
  public boolean isRequired() {
    return false;
  }

  @Override
  public void check() throws NotReadyException {
    if (circuit.isOpen()) {
      throw NotReadyException.degraded(
          "the object store takes no bytes just now; they wait in staging, and a probe tells when it does");
    }
  }
}
