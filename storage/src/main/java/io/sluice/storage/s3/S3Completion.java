package io.sluice.storage.s3;

import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.object.StoreRefusedException;
import io.sluice.storage.object.StoredPart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Part;

/// Has S3 join the parts of an object.
///
/// A part that two workers stored at once is there once, with the tag of whoever was last, while the rows
/// may name the tag of the other. Tags of equal bytes are equal, except where the service encrypts with
/// keys of its own (SSE-KMS, SSE-C): there the join would be refused for ever. So when S3 says that a
/// part is not the one named, the parts that it has are listed, and those that hold what was sent are
/// named by the tags that they have.
final class S3Completion {

  private final S3Bucket bucket;

  S3Completion(S3Bucket bucket) {
    this.bucket = bucket;
  }

  /// Joins parts, given in any order.
  ///
  /// @throws StoreRefusedException S3 has other parts than were sent
  void complete(String objectKey, String multipartId, List<StoredPart> parts) throws IOException {
    List<StoredPart> inOrder = new ArrayList<>(parts);
    inOrder.sort(Comparator.comparingInt(StoredPart::part));
    try {
      send(objectKey, multipartId, inOrder);
    } catch (StoreRefusedException refused) {
      if (!S3Failures.isInvalidPart(refused)) {
        throw refused;
      }
      List<StoredPart> listed =
          asListed(objectKey, multipartId, inOrder).orElseThrow(() -> refused);
      if (listed.equals(inOrder)) {
        throw refused;
      }
      send(objectKey, multipartId, listed);
    }
  }

  /// The same parts with the tags that S3 has for them; empty if it lacks one, or has other bytes.
  private Optional<List<StoredPart>> asListed(
      String objectKey, String multipartId, List<StoredPart> parts) throws IOException {
    Map<Integer, Part> listed = new HashMap<>();
    S3Multiparts.parts(bucket, objectKey, multipartId)
        .forEach(part -> listed.put(part.partNumber(), part));
    List<StoredPart> found = new ArrayList<>(parts.size());
    for (StoredPart part : parts) {
      Part seen = listed.get(part.part() + 1);
      if (seen == null || !S3Multiparts.holds(seen, part.sizeBytes(), part.crc32c())) {
        return Optional.empty();
      }
      found.add(new StoredPart(part.part(), seen.eTag(), part.sizeBytes(), part.crc32c()));
    }
    return Optional.of(found);
  }

  private void send(String objectKey, String multipartId, List<StoredPart> parts)
      throws IOException {
    ByteDigest whole = ByteDigest.EMPTY;
    List<CompletedPart> completed = new ArrayList<>(parts.size());
    for (StoredPart part : parts) {
      whole = whole.then(new ByteDigest(part.sizeBytes(), part.crc32c(), 0, null));
      completed.add(completed(part));
    }
    int crc32c = whole.crc32c();
    S3Failures.named(
        "complete multipart upload",
        () ->
            bucket
                .connection()
                .client()
                .completeMultipartUpload(complete -> {
                  complete
                      .bucket(bucket.name())
                      .key(bucket.full(objectKey))
                      .uploadId(multipartId)
                      .multipartUpload(all -> all.parts(completed));
                  S3Requests.sayChecksum(complete, crc32c, bucket.connection().checksums());
                }));
  }

  private CompletedPart completed(StoredPart part) {
    CompletedPart.Builder completed =
        CompletedPart.builder().partNumber(part.part() + 1).eTag(part.etag());
    if (bucket.connection().checksums() != S3Endpoint.Checksums.NONE) {
      completed.checksumCRC32C(Crc32cText.of(part.crc32c()));
    }
    return completed.build();
  }
}
