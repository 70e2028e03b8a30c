package io.sluice.acceptance.facts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Everything PostgreSQL says, at one instant.
///
/// @param uploads by id
/// @param chunks of each upload that has any, in index order
/// @param changes of each upload, oldest first
/// @param deadLetters those that are open
public record DatabaseFacts(
    Map<UUID, UploadFact> uploads,
    Map<UUID, List<ChunkFact>> chunks,
    Map<UUID, List<StateChange>> changes,
    List<DeadLetter> deadLetters) {

  public DatabaseFacts {
    uploads = Map.copyOf(uploads);
    chunks = Map.copyOf(chunks);
    changes = Map.copyOf(changes);
    deadLetters = List.copyOf(deadLetters);
  }

  /// The chunks of an upload.
  public List<ChunkFact> chunksOf(UUID uploadId) {
    return chunks.getOrDefault(uploadId, List.of());
  }

  /// One chunk, if it has a row.
  public Optional<ChunkFact> chunk(UUID uploadId, int chunkIndex) {
    return chunksOf(uploadId).stream()
        .filter(chunk -> chunk.chunkIndex() == chunkIndex)
        .findFirst();
  }

  /// The state changes of an upload.
  public List<StateChange> changesOf(UUID uploadId) {
    return changes.getOrDefault(uploadId, List.of());
  }
}
