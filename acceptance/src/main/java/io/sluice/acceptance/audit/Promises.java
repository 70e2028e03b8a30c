package io.sluice.acceptance.audit;

import io.sluice.acceptance.digest.Digest;
import io.sluice.acceptance.facts.UploadFact;
import io.sluice.acceptance.history.ClientHistory;
import io.sluice.acceptance.history.HistoryEvent;
import io.sluice.acceptance.history.HistoryEvent.ChunkAcknowledged;
import io.sluice.acceptance.history.HistoryEvent.FileAcknowledged;
import io.sluice.acceptance.history.HistoryEvent.FileSent;
import io.sluice.acceptance.history.HistoryEvent.InitSent;
import io.sluice.acceptance.history.HistoryEvent.Initiated;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the system owes its clients, drawn from their histories.
public final class Promises {

  private final List<ClientHistory> clients;
  private final Map<UUID, Initiated> initiated = new HashMap<>();
  private final Map<UUID, FileAcknowledged> files = new HashMap<>();
  private final Map<String, Digest> sent = new HashMap<>();
  private final Map<UUID, Map<Integer, List<ChunkAcknowledged>>> chunks = new HashMap<>();

  /// Indexes the histories of all clients of a run.
  public Promises(List<ClientHistory> clients) {
    this.clients = List.copyOf(clients);
    all(InitSent.class).forEach(event -> sent.put(event.fileName(), event.file()));
    all(FileSent.class).forEach(event -> sent.put(event.fileName(), event.file()));
    all(Initiated.class).forEach(event -> initiated.put(event.uploadId(), event));
    all(FileAcknowledged.class).forEach(event -> files.put(event.uploadId(), event));
    all(ChunkAcknowledged.class)
        .forEach(event ->
            chunks
                .computeIfAbsent(event.uploadId(), id -> new HashMap<>())
                .computeIfAbsent(event.chunkIndex(), index -> new ArrayList<>())
                .add(event));
  }

  /// The histories themselves.
  public List<ClientHistory> clients() {
    return clients;
  }

  /// Every event of a kind, of all clients.
  public <T extends HistoryEvent> Stream<T> all(Class<T> kind) {
    return clients.stream()
        .flatMap(client -> client.events().stream())
        .filter(kind::isInstance)
        .map(kind::cast);
  }

  /// The uploads that events of a kind are about.
  public <T extends HistoryEvent> Set<UUID> uploads(Class<T> kind, Function<T, UUID> upload) {
    return all(kind).map(upload).collect(Collectors.toSet());
  }

  /// Uploads that were acknowledged to exist.
  public Set<UUID> acknowledgedUploads() {
    return Stream.concat(initiated.keySet().stream(), files.keySet().stream())
        .collect(Collectors.toSet());
  }

  /// What the file of an upload must be: by its acknowledgement, else by what went out under its name.
  public Optional<Digest> expected(UploadFact upload) {
    Initiated chunked = initiated.get(upload.id());
    if (chunked != null) {
      return Optional.of(chunked.file());
    }
    FileAcknowledged whole = files.get(upload.id());
    return Optional.ofNullable(whole == null ? sent.get(upload.fileName()) : whole.file());
  }

  /// Names of all files that any client tried to make.
  public Set<String> sentFileNames() {
    return Set.copyOf(sent.keySet());
  }

  /// The acknowledgements of each chunk of each upload.
  public Map<UUID, Map<Integer, List<ChunkAcknowledged>>> chunks() {
    return chunks;
  }

  /// Whether the client itself declared a checksum that its bytes do not have.
  public boolean declaredWrongly(UUID uploadId) {
    Initiated chunked = initiated.get(uploadId);
    return chunked != null
        && chunked.declaredSha256() != null
        && !chunked.declaredSha256().equals(chunked.file().sha256());
  }
}
