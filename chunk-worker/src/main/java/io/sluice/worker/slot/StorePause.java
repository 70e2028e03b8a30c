package io.sluice.worker.slot;

import io.sluice.model.job.Lane;
import io.sluice.queue.slot.JobSlots;
import io.sluice.worker.circuit.CircuitListener;
import io.sluice.worker.circuit.StoreCircuit;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/// While the object store is away the slots take no jobs: they wait in the queue and burn nothing.
@Component
final class StorePause implements CircuitListener, InitializingBean {

  private final StoreCircuit circuit;
  private final JobSlots slots;

  StorePause(StoreCircuit circuit, JobSlots slots) {
    this.circuit = circuit;
    this.slots = slots;
  }

  @Override
  public void afterPropertiesSet() {
    circuit.addListener(this);
  }

  @Override
  public void opened() {
    for (Lane lane : Lane.values()) {
      slots.pause(lane);
    }
  }

  @Override
  public void closed() {
    for (Lane lane : Lane.values()) {
      slots.resume(lane);
    }
  }
}
