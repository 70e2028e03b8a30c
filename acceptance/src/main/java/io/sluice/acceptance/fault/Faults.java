package io.sluice.acceptance.fault;

import io.sluice.acceptance.process.StoreKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Everything that can go wrong.
public final class Faults {

  private Faults() {}

  /// All faults for a kind of store.
  public static List<Fault> all(StoreKind store) {
    List<Fault> faults = new ArrayList<>(ProcessFaults.all(store));
    faults.addAll(RedisFaults.all());
    faults.addAll(KafkaFaults.all());
    faults.addAll(FailpointFaults.all());
    faults.addAll(ReaperFaults.all());
    faults.addAll(PlaceFaults.all());
    faults.addAll(MisconfigurationFaults.all());
    if (store == StoreKind.S3) {
      faults.addAll(StoreFaults.all());
      faults.addAll(RefusalFaults.all());
    }
    return faults;
  }

  /// Those with these names.
  ///
  /// @throws IllegalArgumentException there is none of a name
  public static List<Fault> named(StoreKind store, Set<String> names) {
    List<Fault> chosen = all(store).stream().filter(fault -> names.contains(fault.name())).toList();
    if (chosen.size() < names.size()) {
      Set<String> unknown = new TreeSet<>(names);
      chosen.forEach(fault -> unknown.remove(fault.name()));
      throw new IllegalArgumentException(
          "no such faults: %s; there are %s"
              .formatted(unknown, all(store).stream().map(Fault::name).toList()));
    }
    return chosen;
  }
}
