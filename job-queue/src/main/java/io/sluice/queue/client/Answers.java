package io.sluice.queue.client;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.jspecify.annotations.Nullable;

/// Waits for what the admin client has asked. The client's own timeout bounds the wait.
public final class Answers {

  private Answers() {}

  /// The answer.
  ///
  /// @param asked null stands for a question the client lost, which would be a bug of it
  /// @throws KafkaException what the broker or the client said instead
  public static <T> T await(@Nullable KafkaFuture<T> asked) throws InterruptedException {
    if (asked == null) {
      throw new KafkaException("not asked");
    }
    try {
      return asked.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException failure) {
        throw failure;
      }
      throw new KafkaException("unexpected failure", e.getCause());
    }
  }
}
