package io.sluice.metadata.upload;

/// How a file came in.
public enum UploadOrigin {
  /// Through init and chunk requests.
  CHUNKED,
  /// Whole, in one request; readable before it is stored.
  ONE_REQUEST
}
