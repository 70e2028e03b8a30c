package io.sluice.standalone.containers;

import static io.sluice.standalone.containers.Compose.list;
import static io.sluice.standalone.containers.Compose.map;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The dashboard that Grafana shows first.
///
/// @param panels each as in its file
public record Dashboard(List<Map<String, Object>> panels) {

  private static final Pattern METRIC = Pattern.compile("\\b([a-z]+(?:_[a-z0-9]+)+)\\b(?!\\()");
  private static final Set<String> NOT_METRICS = Set.of("histogram_quantile");

  /// Reads it from the source tree; JSON is YAML.
  public static Dashboard read() throws IOException {
    Object content =
        Compose.yaml(Compose.repository().resolve("infra/grafana/dashboards/sluice.json"));
    return new Dashboard(list(map(content).get("panels")).stream().map(Compose::map).toList());
  }

  /// Every metric that a panel asks for.
  public Set<String> metrics() {
    Set<String> metrics = new TreeSet<>();
    for (Map<String, Object> panel : panels) {
      for (Object target : list(panel.get("targets"))) {
        Matcher found = METRIC.matcher(String.valueOf(map(target).get("expr")));
        while (found.find()) {
          metrics.add(found.group(1));
        }
      }
    }
    metrics.removeAll(NOT_METRICS);
    return metrics;
  }
}
