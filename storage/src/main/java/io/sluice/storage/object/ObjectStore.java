package io.sluice.storage.object;

import io.sluice.model.chunk.PartLimits;
import io.sluice.storage.checksum.ByteDigest;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One place where objects are kept.
///
/// Keys are unique for each upload and never reused, so every method may be called again with the same
/// arguments: same bytes, same part, same effect. Nothing is ever overwritten with other bytes.
/// Where a method answers normally its effect is durable. [StoreUnavailableException] says nothing about
/// the effect: it may have happened. Methods verify what they send against the digests they are given and
/// throw [StagedBytesMissingException] or [StagedBytesDamagedException] before any effect a reader could see.
public interface ObjectStore {

  /// What [#probe()] writes.
  long PROBE_BYTES = 64;

  /// The limits that decide how chunks group into parts.
  PartLimits partLimits();

  /// Whether an object of more than one part is opened by [#begin] and closed by [#complete]. Where it is
  /// not, stored parts are readable at once and storing a part is often a rename.
  boolean usesMultipart();

  /// Opens a multipart upload.
  ///
  /// @return the store's id for it
  /// @throws UnsupportedOperationException unless [#usesMultipart]
  String begin(ObjectRef object) throws IOException;

  /// Stores one part out of staging. The staged bytes stay, but for a directory on a file system without
  /// hard links, where they are moved; the caller deletes them in any case once its row says STORED. Where
  /// the part is there already with the right size and digest and staging is empty or damaged, that is
  /// success: a redelivered job. May run any number of times at once for the same part.
  ///
  /// @param multipartId from [#begin]; empty if not [#usesMultipart]
  /// @throws StagedBytesMissingException the bytes are neither staged nor stored
  /// @throws StagedBytesDamagedException the staged bytes are not those of the digests, nor are they stored
  /// @throws StoreRefusedException the store will never take this part; in a directory also: other bytes
  ///     of the same length are stored in its place
  /// @throws MultipartGoneException the multipart upload is unknown to the store
  StoredPart storePart(ObjectRef object, Optional<String> multipartId, StagedPart part)
      throws IOException;

  /// Stores an object that is one part, or an empty one (no chunks), in one step, with the promises of
  /// [#storePart]. Bytes that are stored under the key already are not replaced by others.
  ///
  /// @throws StoreRefusedException the store will never take it, or other bytes are stored under the key
  StoredObject storeWhole(ObjectRef object, StagedPart part) throws IOException;

  /// Joins the parts. The answer is not to be believed: [#head] decides.
  ///
  /// @throws MultipartGoneException the multipart upload is unknown: completed before, or aborted
  void complete(ObjectRef object, String multipartId, List<StoredPart> parts) throws IOException;

  /// What the store has under this key, or empty. For stores without multipart: all parts of the plan
  /// are there.
  Optional<StoredObject> head(ObjectRef object) throws IOException;

  /// Streams a range of an object. A read that comes short throws; it never ends early and clean.
  ///
  /// @throws StoreRefusedException there is no such object (S3)
  /// @throws StoreUnavailableException the object cannot be read now, or a file of it is missing (directory)
  ReadableByteChannel read(ObjectRef object, long offset, long lengthBytes) throws IOException;

  /// The files that hold the object, in order, where they are files (for sending without copying); empty
  /// elsewhere. They need not exist; one for each chunk of the plan, and one for an empty file.
  Optional<List<Path>> files(ObjectRef object);

  /// Removes the object and any part of it, whatever state it is in; success if there is nothing. For S3:
  /// also aborts every open multipart upload under the key. On return nothing of it is left that the store
  /// will own up to.
  void delete(ObjectRef object) throws IOException;

  /// Shows what was begun under our prefix and never finished: open multipart uploads, and in a directory
  /// the copies that a crash left (whether or not the store [#usesMultipart]).
  void forEachOpenMultipart(Consumer<OpenMultipart> visitor) throws IOException;

  /// Aborts what [#forEachOpenMultipart] showed, again and again until the store says that it is gone.
  void abort(OpenMultipart multipart) throws IOException;

  /// Shows the key of every object under our prefix, with its age; whole or in part, in a directory. What
  /// does not look like one of our keys is not shown. The age in a directory is that of the staged file,
  /// or of the last chunk that was added.
  void forEachObject(Consumer<ObjectEntry> visitor) throws IOException;

  /// Deletes an object by key alone, for one that no upload owns.
  void deleteUnowned(String objectKey) throws IOException;

  /// A link with which anyone may read the object for a while, where the store can make one.
  Optional<URI> presign(
      ObjectRef object, Duration validity, String contentDisposition, String contentType)
      throws IOException;

  /// Proves that the store takes bytes: writes so many of them, over those of the probe before. A store that
  /// only answers is of no use to what waits to be stored.
  void probe(long sizeBytes) throws IOException;

  /// Proves that the store takes a few bytes; for health and for closing a circuit breaker.
  default void probe() throws IOException {
    probe(PROBE_BYTES);
  }

  /// Those of these parts, stored before, that the store does not have now. Of an object that was joined
  /// nothing can be said.
  ///
  /// @param multipartId from [#begin]; empty if there is none
  List<StoredPart> lostParts(ObjectRef object, Optional<String> multipartId, List<StoredPart> parts)
      throws IOException;

  /// Whether `digest` is what the store says it has, as far as it says anything.
  default boolean confirms(StoredObject stored, ByteDigest digest) {
    return stored.sizeBytes() == digest.sizeBytes()
        && stored.crc32c().map(crc -> crc == digest.crc32c()).orElse(true);
  }
}
