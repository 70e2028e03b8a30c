package io.sluice.worker.store;

import io.sluice.queue.slot.DeliveredJob;

/// One job of a batch.
///
/// @param position in the batch
record PartTask(int position, DeliveredJob delivered, PartPlace place) {}
