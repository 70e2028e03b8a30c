package io.sluice.gateway.file;

import io.sluice.gateway.enqueue.PartQueue;
import io.sluice.model.chunk.ChunkPlan;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Asks for the first parts of a long file to be stored, as many as its window allows. The rest waits in
/// its rows: workers call it up part by part, so that a huge file never fills the queue.
@Component
final class FirstParts {

  private final PartQueue parts;

  FirstParts(PartQueue parts) {
    this.parts = parts;
  }

  void enqueue(UUID id, ChunkPlan plan) {
    int first = Math.min(plan.totalParts(), parts.permits());
    for (int part = 0; part < first; part++) {
      parts.enqueueIfWhole(id, plan, plan.firstChunkOf(part));
    }
  }
}
