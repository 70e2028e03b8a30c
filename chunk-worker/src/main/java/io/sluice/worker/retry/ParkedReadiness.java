package io.sluice.worker.retry;

import io.sluice.runtime.health.NotReadyException;
import io.sluice.runtime.health.ReadinessCheck;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Says that jobs are parked and chunks damaged. A worker is ready all the same: the others go on.
@Component
final class ParkedReadiness implements ReadinessCheck {

  private static final String PARKED =
      """
      select cause, count(*) as jobs from dead_letters
      where replayed_at is null and resolved_at is null group by cause order by cause
      """;

  private static final String DAMAGED = "select count(*) from chunks where status = 'DAMAGED'";

  private final JdbcClient jdbc;

  ParkedReadiness(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public String name() {
    return "jobs";
  }

  @Override
  public boolean isRequired() {
    return false;
  }

  @Override
  public void check() throws NotReadyException {
    List<String> parked =
        jdbc.sql(PARKED)
            .query((row, number) -> row.getLong("jobs") + " " + row.getString("cause"))
            .list();
    long damaged = jdbc.sql(DAMAGED).query(Long.class).single();
    if (!parked.isEmpty() || damaged > 0) {
      throw NotReadyException.degraded(
          "jobs parked: %s; damaged chunks: %d; see GET /v1/admin/dead-letters"
              .formatted(parked.isEmpty() ? "none" : String.join(", ", parked), damaged));
    }
  }
}
