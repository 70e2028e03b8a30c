package io.sluice.acceptance.proxy;

import java.util.concurrent.CountDownLatch;

/// One way for a request to go wrong.
public sealed interface S3Fault {

  /// What the store says when it is asked too much.
  S3Fault SLOW_DOWN = new Refuse(503, "SlowDown");

  /// What the store says when it broke.
  S3Fault INTERNAL_ERROR = new Refuse(500, "InternalError");

  /// It never reaches the store, which answers with an error.
  record Refuse(StoreAnswer answer) implements S3Fault {

    /// As S3 writes it.
    public Refuse(int status, String code) {
      this(StoreAnswer.xml(status, code));
    }
  }

  /// It never reaches the store, and the answer is 200 with an error in its body.
  record ErrorInside200(String code) implements S3Fault {}

  /// The store does it; the answer is an error all the same.
  record LieAfterEffect(int status, String code) implements S3Fault {}

  /// The connection ends before the request reaches the store.
  record Drop() implements S3Fault {}

  /// The store does it; the connection ends before the answer.
  record SwallowReply() implements S3Fault {}

  /// The store is asked twice; the second answer counts.
  record Replay() implements S3Fault {}

  /// The connection ends; the request reaches the store only when the latch opens.
  record Hold(CountDownLatch release) implements S3Fault {}

  /// The answer's body ends in the middle; its length was announced right.
  record Truncate() implements S3Fault {}

  /// One byte in the middle of the answer's body is another; its length is right.
  record Flip() implements S3Fault {}

  /// The answer's body comes slowly.
  record Slow(long bytesPerSecond) implements S3Fault {}
}
