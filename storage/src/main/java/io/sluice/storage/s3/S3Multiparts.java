package io.sluice.storage.s3;

import io.sluice.storage.object.MultipartGoneException;
import io.sluice.storage.object.OpenMultipart;
import io.sluice.storage.object.StoreUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.Part;

/// Multipart uploads that are open: finding them and getting rid of them.
final class S3Multiparts {

  private static final int MAX_ABORTS = 5;

  private S3Multiparts() {}

  /// Shows every open multipart upload whose key, below our prefix, begins with `keyPrefix`.
  static void forEach(S3Bucket bucket, String keyPrefix, Consumer<OpenMultipart> visitor)
      throws IOException {
    S3Failures.named(
        "list multipart uploads",
        () -> {
          for (ListMultipartUploadsResponse page :
              bucket
                  .connection()
                  .client()
                  .listMultipartUploadsPaginator(
                      list -> list.bucket(bucket.name()).prefix(bucket.full(keyPrefix)))) {
            S3Requests.isListing("list multipart uploads", page.isTruncated());
            page.uploads()
                .forEach(open ->
                    bucket
                        .ours(open.key())
                        .map(key -> new OpenMultipart(key, open.uploadId(), open.initiated()))
                        .ifPresent(visitor));
          }
          return true;
        });
  }

  /// Every part that an open multipart upload has.
  static List<Part> parts(S3Bucket bucket, String key, String multipartId) throws IOException {
    return S3Failures.named(
        "list parts",
        () -> {
          List<Part> parts = new ArrayList<>();
          for (ListPartsResponse page :
              bucket
                  .connection()
                  .client()
                  .listPartsPaginator(list ->
                      list.bucket(bucket.name()).key(bucket.full(key)).uploadId(multipartId))) {
            S3Requests.isListing("list parts", page.isTruncated());
            parts.addAll(page.parts());
          }
          return parts;
        });
  }

  /// Whether a listed part has the length of what was sent, and its checksum where the service tells it.
  static boolean holds(Part listed, long sizeBytes, int crc32c) {
    return listed.size() != null
        && listed.size() == sizeBytes
        && Crc32cText.parse(listed.checksumCRC32C(), null).map(crc -> crc == crc32c).orElse(true);
  }

  /// Aborts an upload and makes sure. A part that was on its way when the upload was aborted may still
  /// land in it and keep it alive, so it is aborted until its parts can no longer be asked for (Amazon S3
  /// API Reference, AbortMultipartUpload).
  static void abort(S3Bucket bucket, String key, String multipartId) throws IOException {
    for (int round = 0; round < MAX_ABORTS; round++) {
      try {
        abortOnce(bucket, key, multipartId);
        listParts(bucket, key, multipartId);
      } catch (MultipartGoneException e) {
        return;
      }
    }
    throw new StoreUnavailableException(
        "a multipart upload is still there after being aborted " + MAX_ABORTS + " times");
  }

  private static void abortOnce(S3Bucket bucket, String key, String multipartId)
      throws IOException {
    S3Client client = bucket.connection().client();
    S3Failures.named(
        "abort multipart upload",
        () ->
            client.abortMultipartUpload(
                abort -> abort.bucket(bucket.name()).key(bucket.full(key)).uploadId(multipartId)));
  }

  private static void listParts(S3Bucket bucket, String key, String multipartId)
      throws IOException {
    S3Client client = bucket.connection().client();
    S3Failures.named(
        "list parts",
        () ->
            client.listParts(list ->
                list.bucket(bucket.name())
                    .key(bucket.full(key))
                    .uploadId(multipartId)
                    .maxParts(1)));
  }
}
