package io.sluice.model.chunk;

import static io.sluice.model.chunk.ChunkEvent.*;
import static io.sluice.model.chunk.ChunkStatus.*;

import io.sluice.model.upload.Judgement;
import java.util.List;

/// The states of a chunk as data; PostgreSQL holds the same rows behind a trigger.
public final class ChunkTransitions {

  /// One legal step.
  public record Transition(ChunkStatus from, ChunkEvent event, ChunkStatus to) {}

  /// Every legal step. A row is born STAGED.
  public static final List<Transition> TABLE =
      List.of(
          new Transition(STAGED, STORE, STORED),
          new Transition(STAGED, DAMAGE, DAMAGED),
          new Transition(STORED, LOSE, DAMAGED),
          new Transition(DAMAGED, STAGE, STAGED),
          new Transition(DAMAGED, STORE, STORED));

  private ChunkTransitions() {}

  /// Judges an event. `DAMAGE` on a STORED chunk is [Judgement.Done]: a redelivered job finds staging
  /// empty because the first delivery stored it, and that is success.
  public static Judgement<ChunkStatus> judge(ChunkStatus state, ChunkEvent event) {
    for (Transition row : TABLE) {
      if (row.from() == state && row.event() == event) {
        return new Judgement.Move<>(row.to());
      }
    }
    boolean neverStored = state == STAGED && event == LOSE;
    return neverStored ? new Judgement.Refuse<>() : new Judgement.Done<>();
  }
}
