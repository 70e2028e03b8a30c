package io.sluice.standalone.status;

import io.sluice.standalone.status.Status.MemberHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A status for people.
final class StatusTable {

  private StatusTable() {}

  static List<String> lines(Status status) {
    if (status.url() == null) {
      return List.of("No Sluice runs on " + status.data() + ". Start it with: ./sluice up");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s, process %d, %s, storage %s, data %s"
            .formatted(
                status.status(),
                status.url(),
                status.pid(),
                status.mode(),
                status.storage(),
                status.data()));
    lines.add("");
    lines.add(line("NAME", "PROCESS", "PORT", "HEALTH", "RESTARTS"));
    for (MemberHealth member : status.members()) {
      lines.add(
          line(
              member.name(),
              member.pid() == 0 ? "-" : Long.toString(member.pid()),
              Integer.toString(member.port()),
              member.health(),
              Integer.toString(member.restarts())));
    }
    if (!status.troubles().isEmpty()) {
      lines.add("");
      lines.addAll(status.troubles());
    }
    return lines;
  }

  private static String line(
      String name, String process, String port, String health, String restarts) {
    return String.format(
            Locale.ROOT, "%-12s %8s %6s  %-12s %s", name, process, port, health, restarts)
        .stripTrailing();
  }
}
