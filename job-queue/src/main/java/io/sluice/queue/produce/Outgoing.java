package io.sluice.queue.produce;

import java.util.List;
import org.apache.kafka.common.header.Header;

/// A message for a topic; which partition it goes to is nobody's business.
///
/// @param value must not be changed afterwards
@SuppressWarnings(
    "ArrayRecordComponent") // handed straight to the producer; a copy would serve nobody
public record Outgoing(String topic, byte[] value, List<Header> headers) {

  public Outgoing {
    headers = List.copyOf(headers);
  }
}
