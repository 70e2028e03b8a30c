package io.sluice.acceptance.audit;

import java.io.IOException;

/// Something that holds whenever the system is quiet, whatever happened before.
public interface Invariant {

  /// Names it in reports and in INVARIANTS.md.
  String name();

  /// Says it in one sentence.
  String sentence();

  /// Reports every place where it does not hold.
  void check(World world, Findings findings) throws IOException;
}
