package io.sluice.worker.circuit;

/// Told when the store goes away and when it is back. Called by whoever noticed; must not block.
public interface CircuitListener {

  void opened();

  void closed();
}
