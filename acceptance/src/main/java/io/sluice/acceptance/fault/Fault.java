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
    /// Strikes, and heals what it struck, whatever happens, or leaves it to the end of the run if that is what it is
    /// for.
    void strike(Target target, Random random) throws Exception;
  }
}
