package io.sluice.runtime.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `/health` answers at once whatever else is wrong; `/health/ready` asks what this process depends on.
@RestController
final class HealthController {

  private static final Logger LOG = LoggerFactory.getLogger(HealthController.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final List<ReadinessCheck> checks;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  HealthController(List<ReadinessCheck> checks) {
    this.checks = List.copyOf(checks);
  }

  @GetMapping({"/health", "/health/", "/health/live", "/health/live/"})
  Map<String, String> alive() {
    return Map.of("status", "ok");
  }

  @GetMapping({"/health/ready", "/health/ready/"})
  ResponseEntity<Map<String, Object>> ready() {
    Map<String, CompletableFuture<Boolean>> answers = new TreeMap<>();
    for (ReadinessCheck check : checks) {
      answers.put(
          check.name(),
          CompletableFuture.supplyAsync(() -> passes(check), threads)
              .completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    }
    Map<String, String> shown = new TreeMap<>();
    answers.forEach((name, answer) -> shown.put(name, answer.join() ? "ok" : "unavailable"));
    boolean ready = !shown.containsValue("unavailable");
    return ResponseEntity.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(Map.of("status", ready ? "ok" : "unavailable", "checks", shown));
  }

  private static boolean passes(ReadinessCheck check) {
    try {
      check.check();
      return true;
    } catch (Exception e) {
      LOG.atWarn().addKeyValue("check", check.name()).setCause(e).log("not ready");
      return false;
    }
  }
}
