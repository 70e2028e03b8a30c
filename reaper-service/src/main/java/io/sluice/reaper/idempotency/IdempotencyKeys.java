package io.sluice.reaper.idempotency;

import io.sluice.failpoint.Failpoint;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.Run;
import io.sluice.reaper.run.Step;
import io.sluice.reaper.run.StepName;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Deletes idempotency keys whose life is over, by the database's clock.
@Component
final class IdempotencyKeys implements Step {

  private static final int BATCH = 1000;

  /// By place in the table: joined by key, a batch this large makes PostgreSQL read the table whole.
  private static final String DELETE =
      """
      delete from idempotency_keys where ctid = any(array(
        select ctid from idempotency_keys where expires_at <= now()
        order by expires_at limit cast(:batch as int) for update skip locked))
      """;

  private final JdbcClient jdbc;

  IdempotencyKeys(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public StepName name() {
    return StepName.IDEMPOTENCY;
  }

  @Override
  public void run(Run run) {
    int deleted = BATCH;
    while (deleted == BATCH && run.mayGoOn()) {
      deleted = jdbc.sql(DELETE).param("batch", BATCH).update();
      run.repaired(Repair.IDEMPOTENCY_KEY, deleted);
      Failpoint.hit("reaper.idempotency-keys-deleted");
    }
  }
}
