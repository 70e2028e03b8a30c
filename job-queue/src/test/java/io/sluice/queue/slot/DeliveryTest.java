package io.sluice.queue.slot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.model.job.Lane;
import io.sluice.queue.message.JobCodec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTest {

  private final ConsumerRecord<byte[], byte[]> record =
      new ConsumerRecord<>("topic", 0, 0, null, "{}".getBytes(UTF_8));

  @Test
  void aFreshMessageWasNeverHandedBack() {
    assertThat(delivery().handedBack()).isZero();
  }

  @Test
  void theHeaderCountsHowOftenItWas() {
    record.headers().add(Delivery.HANDED_BACK_HEADER, "41".getBytes(UTF_8));
    assertThat(delivery().handedBack()).isEqualTo(41);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "9999999999", "1 "})
  void aForgedHeaderCountsForNothing(String value) {
    record.headers().add(Delivery.HANDED_BACK_HEADER, value.getBytes(UTF_8));
    assertThat(delivery().handedBack()).isZero();
  }

  private Delivery delivery() {
    return Delivery.of(record, new JobCodec(), Lane.HEAVY);
  }
}
