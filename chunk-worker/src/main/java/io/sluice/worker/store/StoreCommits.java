package io.sluice.worker.store;

import io.sluice.metadata.commit.GroupCommit;
import java.util.List;
import org.springframework.stereotype.Component;

/// Many slots, one commit.
@Component
final class StoreCommits {

  /// Of one transaction, as their rows are locked together. One part alone may have more of them.
  private static final int MOST_CHUNKS = 2_000;

  private final GroupCommit<StoredWork, CommitOutcome> group;

  StoreCommits(StoreTransaction transaction) {
    this.group =
        new GroupCommit<>(transaction::commit, part -> part.work().chunks().size(), MOST_CHUNKS);
  }

  /// Commits parts, perhaps with those of other slots, and answers for each in the order given.
  ///
  /// @throws org.springframework.dao.DataAccessException nothing is known of any of them
  List<CommitOutcome> commit(List<StoredWork> parts) throws InterruptedException {
    return group.commit(parts);
  }

  int waiting() {
    return group.waiting();
  }

  boolean committing() {
    return group.committing();
  }
}
