package io.sluice.acceptance.audit;

import io.sluice.acceptance.facts.DatabaseFacts;
import io.sluice.acceptance.facts.Downloads;
import io.sluice.acceptance.facts.ObjectStore;
import io.sluice.acceptance.facts.Staging;
import io.sluice.acceptance.facts.StoredObject;
import io.sluice.acceptance.facts.UploadFact;
import io.sluice.acceptance.facts.WaitingJobs;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// Everything an audit looks at, when the system is quiet.
///
/// @param foreignKeys of objects that the run put into the store as somebody else's
public record World(
    Promises promises,
    DatabaseFacts database,
    Staging staging,
    ObjectStore objects,
    Downloads downloads,
    WaitingJobs waitingJobs,
    Rules rules,
    Set<String> foreignKeys) {

  public World {
    foreignKeys = Set.copyOf(foreignKeys);
  }

  /// Whether an object is, or holds, somebody else's.
  public boolean isForeign(StoredObject object) {
    return foreignKeys.stream()
        .anyMatch(
            key -> key.equals(object.objectKey()) || key.startsWith(object.objectKey() + "/"));
  }

  /// The row of an upload, if there is one.
  public Optional<UploadFact> upload(UUID id) {
    return Optional.ofNullable(database.uploads().get(id));
  }

  /// The uploads that are files now.
  public Stream<UploadFact> completed() {
    return database.uploads().values().stream().filter(UploadFact::isCompleted);
  }
}
