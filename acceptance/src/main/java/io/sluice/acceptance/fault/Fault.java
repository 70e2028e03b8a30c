package io.sluice.acceptance.fault;

import java.util.Random;

/// One kind of thing that goes wrong.
///
/// @param name for tables and `--faults`
/// @param act does it, lets it last, and undoes it before it returns
public record Fault(String name, Act act) {

  /// What a fault does.
  @FunctionalInterface
  public interface Act {
    /// Strikes, and heals what it struck, whatever happens.
    void strike(Target target, Random random) throws Exception;
  }
}
