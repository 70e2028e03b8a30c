package io.sluice.runtime.health;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  ResponseEntity<Readiness> ready() {
    Map<ReadinessCheck, CompletableFuture<Readiness.Answer>> asked = new LinkedHashMap<>();
    for (ReadinessCheck check : checks) {
      asked.put(
          check,
          CompletableFuture.supplyAsync(() -> ask(check), threads)
              .completeOnTimeout(
                  Readiness.Answer.failed("no answer"),
                  PATIENCE.toMillis(),
                  TimeUnit.MILLISECONDS));
    }
    Readiness readiness =
        Readiness.of(checks, check -> Objects.requireNonNull(asked.get(check)).join());
    return ResponseEntity.status(
            readiness.isReady() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(readiness);
  }

  private static Readiness.Answer ask(ReadinessCheck check) {
    try {
      check.check();
      return Readiness.Answer.passed(check.note());
    } catch (NotReadyException e) {
      String shown = String.valueOf(e.getMessage());
      return e.isDegradedOnly() ? Readiness.Answer.degraded(shown) : Readiness.Answer.failed(shown);
    } catch (Exception e) {
      LOG.atWarn().addKeyValue("check", check.name()).setCause(e).log("not ready");
      return Readiness.Answer.failed("");
    }
  }
}
