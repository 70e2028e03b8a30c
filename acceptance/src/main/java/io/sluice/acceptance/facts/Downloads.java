package io.sluice.acceptance.facts;

import java.io.IOException;
import java.util.UUID;

/// Downloads over HTTP, as any client makes them.
public interface Downloads {

  /// The whole file of an upload.
  Answer whole(UploadFact upload) throws IOException;

  /// A range of it.
  ///
  /// @param lengthBytes 1 and up
  Answer range(UploadFact upload, long offset, long lengthBytes) throws IOException;

  /// What came back.
  ///
  /// @param status of HTTP
  /// @param sizeBytes of the body
  /// @param sha256 of the body
  record Answer(UUID uploadId, int status, long sizeBytes, String sha256) {}
}
