package io.sluice.acceptance.facts;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// The object store of the system under test.
public interface ObjectStore {

  /// Everything in it that can be read, but marks.
  List<StoredObject> list() throws IOException;

  /// Whether anything lies under a key, of whatever shape.
  boolean holds(String key) throws IOException;

  /// Every multipart upload it holds open.
  List<OpenMultipart> openMultiparts() throws IOException;

  /// Whether each chunk of an object is a file of its own.
  boolean keepsChunksApart();

  /// The bytes of a whole object, or empty if there is none.
  Optional<InputStream> open(UploadFact upload) throws IOException;

  /// The bytes of one stored chunk, or empty if it is not there. Chunks inside a multipart upload that is
  /// still open cannot be read: see [#holdsOpenPart].
  Optional<InputStream> openChunk(UploadFact upload, int chunkIndex) throws IOException;

  /// Whether the open multipart upload of this upload has the part with this chunk, in the right size.
  boolean holdsOpenPart(UploadFact upload, int chunkIndex) throws IOException;
}
