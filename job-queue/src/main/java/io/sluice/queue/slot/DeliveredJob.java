package io.sluice.queue.slot;

import io.sluice.model.job.Job;
import java.time.Duration;
import java.time.Instant;

/// A job in the hand of a slot.
///
/// @param enqueuedAt the database's time at which its row was marked as enqueued
/// @param deliveryCount 1 the first time; more if a holder died or held it for too long
/// @param holdUntilNanoTime the moment, on [System#nanoTime], at which the queue gives it to another
///     worker although this one still holds it
public record DeliveredJob(Job job, Instant enqueuedAt, int deliveryCount, long holdUntilNanoTime) {

  /// How long the job is this slot's alone; negative once it is not. Work that goes on past it is not
  /// wrong, because effects are idempotent and rows are guarded, but another worker does it too.
  public Duration holdRemaining() {
    return Duration.ofNanos(holdUntilNanoTime - System.nanoTime());
  }
}
