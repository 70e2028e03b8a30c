package io.sluice.acceptance.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.acceptance.digest.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {

  private static final UUID ID = new UUID(1, 2);
  private static final Digest DIGEST = Digest.of(new byte[] {1, 2, 3});

  @TempDir Path directory;

  static List<HistoryEvent> oneOfEach() {
    return List.of(
        new HistoryEvent.InitSent("f", null, DIGEST),
        new HistoryEvent.Initiated(ID, "f", "key", DIGEST, 10, 1, null),
        new HistoryEvent.ChunkAcknowledged(ID, 0, DIGEST),
        new HistoryEvent.MissingListed(ID, List.of(1, 2)),
        new HistoryEvent.StatusSeen(ID, "IN_PROGRESS"),
        new HistoryEvent.AbortSent(ID),
        new HistoryEvent.Aborted(ID),
        new HistoryEvent.Completed(ID, 3, null),
        new HistoryEvent.FileSent("g", DIGEST),
        new HistoryEvent.FileAcknowledged(ID, "g", DIGEST, DIGEST.sha256()),
        new HistoryEvent.DeleteSent(ID),
        new HistoryEvent.Deleted(ID),
        new HistoryEvent.Downloaded(ID, 1, 2, "a", "a"),
        new HistoryEvent.Refused("chunk", null, 429, "throttled", 2),
        new HistoryEvent.BodyHeld(ID, 1, 2));
  }

  @Test
  void everyKindOfEventComesBackAsItWas() throws Exception {
    try (HistoryFile file = new HistoryFile(directory, "one")) {
      oneOfEach().forEach(file::write);
    }

    assertThat(HistoryFile.readAll(directory))
        .containsExactly(new ClientHistory("one", oneOfEach()));
    assertThat(oneOfEach().stream().map(Object::getClass).distinct())
        .hasSameSizeAs(HistoryEvent.class.getPermittedSubclasses());
  }

  @Test
  void anEventIsOnDiskBeforeTheClientGoesOn() throws Exception {
    try (HistoryFile file = new HistoryFile(directory, "one")) {
      file.write(new HistoryEvent.AbortSent(ID));

      assertThat(Files.readString(directory.resolve("one.history.jsonl"))).contains(ID.toString());
    }
  }
}
