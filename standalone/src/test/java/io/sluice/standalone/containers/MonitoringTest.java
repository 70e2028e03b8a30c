package io.sluice.standalone.containers;

import static io.sluice.standalone.containers.Compose.list;
import static io.sluice.standalone.containers.Compose.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MonitoringTest {

  @Test
  void prometheusAsksEveryServiceWhereItsMetricsAre() throws IOException {
    Map<String, Object> prometheus = map(Compose.yaml(infra("prometheus/prometheus.yml")));

    Set<String> asked =
        list(prometheus.get("scrape_configs")).stream()
            .map(Compose::map)
            .peek(job -> assertThat(job).containsEntry("metrics_path", "/metrics"))
            .flatMap(job -> list(job.get("dns_sd_configs")).stream())
            .map(
                target -> list(map(target).get("names")).getFirst() + ":" + map(target).get("port"))
            .collect(Collectors.toSet());

    assertThat(asked).containsExactlyInAnyOrder("gateway:9090", "worker:8081", "reaper:8082");
    for (String address : asked) {
      String[] parts = address.split(":", -1);
      String stage = String.join("\n", Compose.stage(parts[0]));
      assertThat(stage).contains("MANAGEMENT_PORT=" + parts[1]);
      assertThat(stage).containsPattern("EXPOSE .*" + parts[1]);
    }
  }

  @Test
  void theDashboardAsksTheDataSourceThatIsProvided() throws IOException {
    Map<String, Object> sources =
        map(Compose.yaml(infra("grafana/provisioning/datasources/prometheus.yml")));
    Map<String, Object> source = map(list(sources.get("datasources")).getFirst());
    assertThat(source).containsEntry("url", "http://prometheus:9090");

    assertThat(Dashboard.read().panels())
        .hasSizeGreaterThan(10)
        .extracting(panel -> map(panel.get("datasource")).get("uid"))
        .containsOnly(source.get("uid"));
  }

  @Test
  void theDashboardIsWhereGrafanaLooks() throws IOException {
    Map<String, Object> provider =
        map(
            list(map(Compose.yaml(infra("grafana/provisioning/dashboards/dashboards.yml")))
                    .get("providers"))
                .getFirst());
    String path = String.valueOf(map(provider.get("options")).get("path"));

    assertThat(list(Compose.read().service("grafana").get("volumes")))
        .contains("./infra/grafana/dashboards:" + path + ":ro");
    assertThat(infra("grafana/dashboards/sluice.json")).exists();
  }

  private static Path infra(String file) {
    return Compose.repository().resolve("infra").resolve(file);
  }
}
