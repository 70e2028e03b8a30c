package io.sluice.acceptance.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.sluice.acceptance.digest.Digest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One thing that a client asked for or was told. Digests are of the bytes as the client made them, so
/// the auditor needs nobody else's word for them. Every file a client means to make has a name of its own,
/// so a twin of an upload shows even if nobody was told of it.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(HistoryEvent.InitSent.class),
  @JsonSubTypes.Type(HistoryEvent.Initiated.class),
  @JsonSubTypes.Type(HistoryEvent.ChunkAcknowledged.class),
  @JsonSubTypes.Type(HistoryEvent.MissingListed.class),
  @JsonSubTypes.Type(HistoryEvent.StatusSeen.class),
  @JsonSubTypes.Type(HistoryEvent.AbortSent.class),
  @JsonSubTypes.Type(HistoryEvent.Aborted.class),
  @JsonSubTypes.Type(HistoryEvent.Completed.class),
  @JsonSubTypes.Type(HistoryEvent.FileSent.class),
  @JsonSubTypes.Type(HistoryEvent.FileAcknowledged.class),
  @JsonSubTypes.Type(HistoryEvent.DeleteSent.class),
  @JsonSubTypes.Type(HistoryEvent.Deleted.class),
  @JsonSubTypes.Type(HistoryEvent.Downloaded.class),
  @JsonSubTypes.Type(HistoryEvent.Refused.class),
  @JsonSubTypes.Type(HistoryEvent.BodyHeld.class)
})
public sealed interface HistoryEvent {

  /// An init goes out, maybe for the second time under its key.
  ///
  /// @param file the bytes the client will send
  @JsonTypeName("init_sent")
  record InitSent(String fileName, @Nullable String idempotencyKey, Digest file)
      implements HistoryEvent {}

  /// An init was answered 201.
  ///
  /// @param file the bytes the client will send
  /// @param declaredSha256 what the client told the server, wrong on purpose at times, or null
  @JsonTypeName("initiated")
  record Initiated(
      UUID uploadId,
      String fileName,
      @Nullable String idempotencyKey,
      Digest file,
      long chunkSizeBytes,
      int totalChunks,
      @Nullable String declaredSha256)
      implements HistoryEvent {}

  /// A chunk was answered 202: from now on its bytes may not be lost.
  @JsonTypeName("chunk_acknowledged")
  record ChunkAcknowledged(UUID uploadId, int chunkIndex, Digest bytes) implements HistoryEvent {}

  /// What the server said is still to be sent.
  @JsonTypeName("missing_listed")
  record MissingListed(UUID uploadId, List<Integer> chunkIndexes) implements HistoryEvent {
    public MissingListed {
      chunkIndexes = List.copyOf(chunkIndexes);
    }
  }

  /// The status as one client read it.
  @JsonTypeName("status_seen")
  record StatusSeen(UUID uploadId, String status) implements HistoryEvent {}

  /// An abort goes out; whether it took effect is not known yet.
  @JsonTypeName("abort_sent")
  record AbortSent(UUID uploadId) implements HistoryEvent {}

  /// An abort was answered 204.
  @JsonTypeName("aborted")
  record Aborted(UUID uploadId) implements HistoryEvent {}

  /// A complete was answered 200, with what the server says the file is.
  @JsonTypeName("completed")
  record Completed(UUID uploadId, long sizeBytes, @Nullable String sha256)
      implements HistoryEvent {}

  /// A whole file goes out in one request.
  @JsonTypeName("file_sent")
  record FileSent(String fileName, Digest file) implements HistoryEvent {}

  /// A file sent in one request was answered 201.
  ///
  /// @param file the bytes the client sent
  /// @param saidSha256 what the server answered
  @JsonTypeName("file_acknowledged")
  record FileAcknowledged(UUID uploadId, String fileName, Digest file, @Nullable String saidSha256)
      implements HistoryEvent {}

  /// A delete goes out.
  @JsonTypeName("delete_sent")
  record DeleteSent(UUID uploadId) implements HistoryEvent {}

  /// A delete was answered 204.
  @JsonTypeName("deleted")
  record Deleted(UUID uploadId) implements HistoryEvent {}

  /// A download, or a range of one, that came to a clean end.
  ///
  /// @param expectedSha256 of the range, from the bytes the client made
  @JsonTypeName("downloaded")
  record Downloaded(
      UUID uploadId, long offset, long lengthBytes, String sha256, String expectedSha256)
      implements HistoryEvent {}

  /// Any answer of 400 or more.
  ///
  /// @param code the problem's `error_code`, or null if the answer had none
  /// @param retryAfterSeconds as answered, or null
  @JsonTypeName("refused")
  record Refused(
      String operation,
      @Nullable UUID uploadId,
      int status,
      @Nullable String code,
      @Nullable Integer retryAfterSeconds)
      implements HistoryEvent {}

  /// The server took a chunk's body (it sent 100 Continue) at one time and was done with it at another.
  ///
  /// @param fromNanos on the clock of the run
  /// @param toNanos on the same clock, the last instant at which the request surely was in progress
  @JsonTypeName("body_held")
  record BodyHeld(UUID uploadId, long fromNanos, long toNanos) implements HistoryEvent {}
}
