package io.sluice.reaper.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.reaper.ReaperFixture;
import io.sluice.reaper.Rows;
import io.sluice.reaper.run.Repair;
import io.sluice.reaper.run.StepName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IdempotencyKeysIT {

  @RegisterExtension private static final ReaperFixture REAPER = ReaperFixture.local();

  private final Rows rows = REAPER.rows();

  private static void keys(String name, int count, String expiresAt) {
    REAPER.sql(
        """
        insert into idempotency_keys (owner_id, scope, key, request_hash, expires_at)
        select 'ann', 'init', '%s-' || n, '', %s from generate_series(1, %d) n
        """
            .formatted(name, expiresAt, count));
  }

  @Test
  void keysWhoseLifeIsOverAreDeletedAndNoOthers() throws Exception {
    keys("old", 2500, "now() - interval '1 second'");
    keys("young", 3, "now() + interval '1 minute'");

    assertThat(REAPER.run(StepName.IDEMPOTENCY).count(Repair.IDEMPOTENCY_KEY)).isEqualTo(2500);

    assertThat(rows.count("idempotency_keys")).isEqualTo(3);
    assertThat(rows.count("idempotency_keys where key like 'young-%'")).isEqualTo(3);
    assertThat(REAPER.run(StepName.IDEMPOTENCY).counts()).isEmpty();
  }

  @Test
  void aKeyThatARequestHoldsIsPassedOver() throws Exception {
    keys("old", 2, "now() - interval '1 second'");

    REAPER.whileHolding(
        "select 1 from idempotency_keys where key = 'old-1' for update",
        () -> assertThat(REAPER.run(StepName.IDEMPOTENCY).count(Repair.IDEMPOTENCY_KEY)).isOne());

    assertThat(rows.count("idempotency_keys where key = 'old-1'")).isOne();
  }
}
