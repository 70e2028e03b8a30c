package io.sluice.storage.s3;

import io.sluice.storage.staging.StagingKey;
import java.util.Optional;

/// A multipart upload into staging that nobody finished, by a name that looks like no staging key.
///
/// @param key what it would have become
/// @param multipartId the service's id for it
record UnfinishedUpload(String key, String multipartId) {

  private static final String MARK = "?multipart=";

  static Optional<UnfinishedUpload> parse(String name) {
    int mark = name.indexOf(MARK);
    if (mark < 0 || StagingKey.parse(name.substring(0, mark)).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new UnfinishedUpload(name.substring(0, mark), name.substring(mark + MARK.length())));
  }

  @Override
  public String toString() {
    return key + MARK + multipartId;
  }
}
