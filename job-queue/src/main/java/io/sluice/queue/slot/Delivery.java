package io.sluice.queue.slot;

import io.sluice.model.job.Lane;
import io.sluice.queue.message.Decoded;
import io.sluice.queue.message.JobCodec;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/// A record in the hand of a slot, not yet acknowledged.
record Delivery(ConsumerRecord<byte[], byte[]> record, Decoded decoded) {

  /// Counts how often the message went back to the tail of its topic.
  static final String HANDED_BACK_HEADER = "handed-back";

  static Delivery of(ConsumerRecord<byte[], byte[]> record, JobCodec codec, Lane lane) {
    return new Delivery(record, codec.decode(record.value(), lane));
  }

  int handedBack() {
    Header header = record.headers().lastHeader(HANDED_BACK_HEADER);
    if (header == null || header.value() == null || header.value().length > 9) {
      return 0;
    }
    String count = new String(header.value(), StandardCharsets.US_ASCII);
    return count.matches("\\d{1,9}") ? Integer.parseInt(count) : 0;
  }

  byte[] bytes() {
    return record.value() == null ? new byte[0] : record.value();
  }

  int deliveryCount() {
    return record.deliveryCount().map(Short::intValue).orElse(1);
  }
}
