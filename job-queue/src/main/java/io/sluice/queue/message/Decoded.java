package io.sluice.queue.message;

import io.sluice.model.job.Job;
import java.time.Instant;

/// What the bytes of a record turned out to be.
public sealed interface Decoded {

  /// A job.
  ///
  /// @param enqueuedAt the database's time at which its row was marked as enqueued
  record Understood(Job job, Instant enqueuedAt) implements Decoded {}

  /// A message of a version this process does not know: a newer worker will.
  record Unsupported(int version) implements Decoded {}

  /// Not a job message of any version.
  ///
  /// @param why what is wrong with it, for people; never quotes the message
  record Unreadable(String why) implements Decoded {}
}
