package io.sluice.queue.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProduceCircuitTest {

  private final ProduceCircuit circuit = new ProduceCircuit();

  @Test
  void allPassWhileProducesSucceed() {
    assertThat(circuit.tryPass()).isTrue();
    assertThat(circuit.tryPass()).isTrue();
    circuit.succeeded();
    assertThat(circuit.closed()).isTrue();
  }

  @Test
  void afterAFailureNobodyPassesUntilTheBrokerHasAnswered() {
    AtomicInteger told = new AtomicInteger();
    circuit.whenOpened(told::incrementAndGet);
    assertThat(circuit.failed()).as("on trial").isFalse();
    assertThat(told).hasValue(1);
    assertThat(circuit.tryPass()).isFalse();
    circuit.brokerAnswered();
    assertThat(circuit.tryPass()).isTrue();
  }

  @Test
  void onlyOneIsOnTrialAtATime() {
    circuit.failed();
    circuit.brokerAnswered();
    assertThat(circuit.tryPass()).isTrue();
    assertThat(circuit.tryPass()).isFalse();
    assertThat(circuit.failed()).as("on trial").isTrue();
    circuit.brokerAnswered();
    assertThat(circuit.tryPass()).isTrue();
    circuit.succeeded();
    assertThat(circuit.tryPass()).isTrue();
    assertThat(circuit.tryPass()).isTrue();
  }

  @Test
  void aTrialThatIsGivenUpLeavesItsPlaceToTheNext() {
    circuit.failed();
    circuit.brokerAnswered();
    assertThat(circuit.tryPass()).isTrue();
    circuit.abandoned();
    assertThat(circuit.tryPass()).isTrue();
  }

  @Test
  void anAnsweringBrokerChangesNothingWhileAllIsWell() {
    circuit.brokerAnswered();
    circuit.abandoned();
    assertThat(circuit.closed()).isTrue();
  }
}
