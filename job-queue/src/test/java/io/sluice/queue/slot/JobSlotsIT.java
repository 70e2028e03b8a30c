package io.sluice.queue.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import io.sluice.queue.QueueFixture;
import io.sluice.queue.produce.EnqueueResult;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JobSlotsIT {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void aJobEnqueuedBeforeTheFirstWorkerIsDeliveredAndAcknowledged() {
    try (QueueFixture process = QueueFixture.on(EmbeddedStack.kafka().bootstrapServers())) {
      Job job = QueueFixture.heavy(7);
      assertThat(process.queue().enqueue(job, AT)).isEqualTo(EnqueueResult.ENQUEUED);
      assertThat(process.backlog().records(Lane.HEAVY)).hasValue(1);

      RecordingHandler handler = new RecordingHandler();
      process.slots(Plans.of(2, 1, handler));

      await().until(() -> handler.jobs().contains(job));
      assertThat(handler.deliveries())
          .singleElement()
          .satisfies(delivered -> {
            assertThat(delivered.enqueuedAt()).isEqualTo(AT);
            assertThat(delivered.deliveryCount()).isEqualTo(1);
          });
      await().until(() -> process.backlog().records(Lane.HEAVY).orElse(-1) == 0);
    }
  }
}
