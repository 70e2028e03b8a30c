package io.sluice.queue.produce;

import io.sluice.model.job.Job;
import java.time.Instant;

/// A job on its way into the queue.
///
/// @param enqueuedAt the database's time at which its row was marked as enqueued
public record PendingJob(Job job, Instant enqueuedAt) {}
