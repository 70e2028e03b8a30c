package io.sluice.storage.s3;

import io.sluice.storage.object.ObjectEntry;
import io.sluice.storage.object.ObjectKeys;
import io.sluice.storage.object.OpenMultipart;
import io.sluice.storage.object.StoreUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/// What lies in a bucket under our keys, objects and open multipart uploads, and its removal.
final class S3Inventory {

  private static final int MAX_DELETE_ROUNDS = 5;

  private final S3Bucket bucket;

  S3Inventory(S3Bucket bucket) {
    this.bucket = bucket;
  }

  /// Removes an object and every multipart upload under its key.
  ///
  /// In rounds: an upload that is being completed right now disappears from the list of open ones and
  /// appears as an object.
  void delete(String objectKey) throws IOException {
    if (!isOurs(objectKey)) {
      throw new IllegalArgumentException("not an object key");
    }
    for (int round = 0; round < MAX_DELETE_ROUNDS; round++) {
      List<OpenMultipart> open = openUnder(objectKey);
      for (OpenMultipart multipart : open) {
        abort(multipart);
      }
      deleteObject(objectKey);
      if (open.isEmpty()) {
        return;
      }
    }
    throw new StoreUnavailableException("multipart uploads under a deleted key keep coming back");
  }

  private void deleteObject(String objectKey) throws IOException {
    S3Failures.named(
        "delete object",
        () ->
            bucket
                .connection()
                .client()
                .deleteObject(delete -> delete.bucket(bucket.name()).key(bucket.full(objectKey))));
  }

  private List<OpenMultipart> openUnder(String objectKey) throws IOException {
    List<OpenMultipart> open = new ArrayList<>();
    S3Multiparts.forEach(
        bucket,
        objectKey,
        multipart -> {
          if (multipart.objectKey().equals(objectKey)) {
            open.add(multipart);
          }
        });
    return open;
  }

  /// Removes an open multipart upload.
  void abort(OpenMultipart multipart) throws IOException {
    S3Multiparts.abort(bucket, multipart.objectKey(), multipart.multipartId());
  }

  /// Shows every open multipart upload.
  void forEachOpenMultipart(Consumer<OpenMultipart> visitor) throws IOException {
    S3Multiparts.forEach(
        bucket,
        "",
        multipart -> {
          if (isOurs(multipart.objectKey())) {
            visitor.accept(multipart);
          }
        });
  }

  /// Shows every object.
  void forEachObject(Consumer<ObjectEntry> visitor) throws IOException {
    S3Failures.named(
        "list objects",
        () -> {
          bucket
              .connection()
              .client()
              .listObjectsV2Paginator(list -> list.bucket(bucket.name()).prefix(bucket.prefix()))
              .contents()
              .forEach(object ->
                  bucket
                      .ours(object.key())
                      .filter(S3Inventory::isOurs)
                      .map(key -> new ObjectEntry(key, object.lastModified()))
                      .ifPresent(visitor));
          return true;
        });
  }

  /// Whether an object is there. A HEAD that says 404 has no body that could tell who says so; a listing has.
  boolean isListed(String objectKey) throws IOException {
    String act = "list one object";
    ListObjectsV2Response listed =
        S3Failures.named(
            act,
            () ->
                bucket
                    .connection()
                    .client()
                    .listObjectsV2(
                        list -> list.bucket(bucket.name()).prefix(bucket.full(objectKey))));
    S3Requests.isListing(act, listed.isTruncated());
    return !listed.contents().isEmpty();
  }

  /// Whether a multipart upload is open.
  boolean isOpen(String objectKey, String multipartId) throws IOException {
    return openUnder(objectKey).stream().anyMatch(open -> open.multipartId().equals(multipartId));
  }

  /// Others may keep things below the same prefix.
  private static boolean isOurs(String key) {
    return ObjectKeys.uploadOf(key).isPresent();
  }
}
