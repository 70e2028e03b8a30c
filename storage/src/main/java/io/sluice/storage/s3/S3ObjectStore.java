package io.sluice.storage.s3;

import io.sluice.failpoint.Failpoint;
import io.sluice.model.chunk.PartLimits;
import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.object.MultipartGoneException;
import io.sluice.storage.object.ObjectEntry;
import io.sluice.storage.object.ObjectKeys;
import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.object.OpenMultipart;
import io.sluice.storage.object.StagedPart;
import io.sluice.storage.object.StoreRefusedException;
import io.sluice.storage.object.StoredObject;
import io.sluice.storage.object.StoredPart;
import io.sluice.storage.place.MarkedPlace;
import io.sluice.storage.place.PlaceKind;
import io.sluice.storage.staging.StagedBytes;
import io.sluice.storage.staging.StagedBytesDamagedException;
import io.sluice.storage.staging.StagedBytesMissingException;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;

/// An object store on anything that speaks S3: a file is one object, made of its parts or in one piece.
///
/// See [S3Writes] for how bytes get there. Every request names the CRC32C that was taken when the bytes
/// came in, so the service itself refuses what was damaged on the way, and nothing is digested again.
public final class S3ObjectStore implements ObjectStore {

  /// The tag of a part that is inside its object and has none of its own any more.
  private static final String JOINED = "joined";

  private final S3Bucket bucket;
  private final S3Encryption encryption;
  private final S3Client client;
  private final S3Writes writes;
  private final S3Completion completion;
  private final S3Inventory inventory;

  /// A store below the prefix of a bucket. Nothing is sent yet.
  ///
  /// @param staging where parts come from; within the same service they are copied by it
  public S3ObjectStore(S3Bucket bucket, S3Encryption encryption, StagingStore staging) {
    this.bucket = bucket;
    this.encryption = encryption;
    this.client = bucket.connection().client();
    this.writes = new S3Writes(bucket, encryption, staging);
    this.completion = new S3Completion(bucket);
    this.inventory = new S3Inventory(bucket);
  }

  /// The bucket as a place to be claimed.
  ///
  /// @param backend `s3` or `r2`
  public MarkedPlace place(String backend, String backendSetting, String locationSetting) {
    return new S3Place(
        S3Place.address(PlaceKind.OBJECTS, backend, bucket, backendSetting, locationSetting),
        bucket,
        encryption,
        ObjectKeys.shardNames(),
        ObjectKeys::uploadOf);
  }

  @Override
  public PartLimits partLimits() {
    return PartLimits.S3;
  }

  @Override
  public boolean usesMultipart() {
    return true;
  }

  @Override
  public String begin(ObjectRef object) throws IOException {
    CreateMultipartUploadRequest.Builder create =
        CreateMultipartUploadRequest.builder()
            .bucket(bucket.name())
            .key(bucket.full(object.objectKey()))
            .contentType(object.contentType())
            .serverSideEncryption(encryption.wire())
            .ssekmsKeyId(encryption.key());
    S3Requests.askForChecksums(create, bucket.connection().checksums());
    String act = "create multipart upload";
    String id =
        S3Requests.said(
            act,
            S3Failures.named(act, () -> client.createMultipartUpload(create.build())).uploadId());
    Failpoint.hit("s3.multipart-created");
    return id;
  }

  @Override
  public StoredPart storePart(ObjectRef object, Optional<String> multipartId, StagedPart part)
      throws IOException {
    String id =
        multipartId.orElseThrow(() -> new IllegalArgumentException("a part has its multipart"));
    ByteDigest digest = digest(part);
    StoredPart stored;
    try {
      String etag = writes.part(object, id, part, digest);
      stored = new StoredPart(part.part(), etag, digest.sizeBytes(), digest.crc32c());
    } catch (StagedBytesMissingException | StagedBytesDamagedException e) {
      stored = storedBefore(object, id, part.part(), digest).orElseThrow(() -> e);
    }
    Failpoint.hit("s3.part-uploaded");
    return stored;
  }

  private Optional<StoredPart> storedBefore(
      ObjectRef object, String multipartId, int part, ByteDigest digest) throws IOException {
    Optional<StoredPart> listed;
    try {
      listed =
          S3Multiparts.parts(bucket, object.objectKey(), multipartId).stream()
              .filter(seen ->
                  seen.partNumber() == part + 1
                      && S3Multiparts.holds(seen, digest.sizeBytes(), digest.crc32c()))
              .findFirst()
              .map(seen -> new StoredPart(part, seen.eTag(), digest.sizeBytes(), digest.crc32c()));
    } catch (MultipartGoneException e) {
      listed = Optional.empty();
    }
    if (listed.isPresent()) {
      return listed;
    }
    // Joined already, by whoever cleared staging: the whole has the part. Its bytes are proven with
    // the
    // whole, before anything is COMPLETED.
    return head(object)
        .filter(whole -> whole.sizeBytes() == object.plan().fileSizeBytes())
        .map(whole -> new StoredPart(part, JOINED, digest.sizeBytes(), digest.crc32c()));
  }

  @Override
  public StoredObject storeWhole(ObjectRef object, StagedPart part) throws IOException {
    if (part.chunks().size() != object.plan().totalChunks()) {
      throw new IllegalArgumentException("a part is not the whole object");
    }
    ByteDigest digest = digest(part);
    StoredObject stored;
    try {
      String etag = writes.whole(object, part, digest);
      stored = new StoredObject(bare(etag), digest.sizeBytes(), Optional.of(digest.crc32c()));
    } catch (StagedBytesMissingException | StagedBytesDamagedException e) {
      stored = storedBefore(object, digest).orElseThrow(() -> e);
    } catch (StoreRefusedException e) {
      if (!S3Failures.isTaken(e)) {
        throw e;
      }
      stored =
          storedBefore(object, digest)
              .orElseThrow(
                  () -> new StoreRefusedException("other bytes are stored under this key", e));
    }
    Failpoint.hit("s3.completed");
    return stored;
  }

  private Optional<StoredObject> storedBefore(ObjectRef object, ByteDigest digest)
      throws IOException {
    return head(object)
        .filter(seen -> confirms(seen, digest))
        .map(seen -> new StoredObject(seen.etag(), seen.sizeBytes(), Optional.of(digest.crc32c())));
  }

  @Override
  public void complete(ObjectRef object, String multipartId, List<StoredPart> parts)
      throws IOException {
    completion.complete(object.objectKey(), multipartId, parts);
    Failpoint.hit("s3.completed");
  }

  @Override
  public Optional<StoredObject> head(ObjectRef object) throws IOException {
    try {
      HeadObjectResponse head =
          S3Failures.named(
              "head object",
              () ->
                  client.headObject(ask ->
                      ask.bucket(bucket.name())
                          .key(bucket.full(object.objectKey()))
                          .checksumMode(ChecksumMode.ENABLED)));
      return Optional.of(
          new StoredObject(
              bare(head.eTag()),
              head.contentLength(),
              Crc32cText.parse(head.checksumCRC32C(), head.checksumType())));
    } catch (StoreRefusedException e) {
      if (S3Failures.isMissingKey(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public ReadableByteChannel read(ObjectRef object, long offset, long lengthBytes)
      throws IOException {
    if (offset < 0 || lengthBytes < 0 || offset > object.plan().fileSizeBytes() - lengthBytes) {
      throw new IllegalArgumentException("bytes %d+%d".formatted(offset, lengthBytes));
    }
    return lengthBytes == 0
        ? Channels.newChannel(InputStream.nullInputStream())
        : S3Slice.open(bucket, object.objectKey(), offset, lengthBytes);
  }

  @Override
  public Optional<List<Path>> files(ObjectRef object) {
    return Optional.empty();
  }

  @Override
  public void delete(ObjectRef object) throws IOException {
    deleteUnowned(object.objectKey());
  }

  @Override
  public void deleteUnowned(String objectKey) throws IOException {
    inventory.delete(objectKey);
  }

  @Override
  public void forEachOpenMultipart(Consumer<OpenMultipart> visitor) throws IOException {
    inventory.forEachOpenMultipart(visitor);
  }

  @Override
  public void abort(OpenMultipart multipart) throws IOException {
    inventory.abort(multipart);
  }

  @Override
  public void forEachObject(Consumer<ObjectEntry> visitor) throws IOException {
    inventory.forEachObject(visitor);
  }

  @Override
  public Optional<URI> presign(
      ObjectRef object, Duration validity, String contentDisposition, String contentType)
      throws IOException {
    PresignedGetObjectRequest link =
        S3Failures.named(
            "presign",
            () ->
                bucket
                    .connection()
                    .presigner()
                    .presignGetObject(presign ->
                        presign
                            .signatureDuration(validity)
                            .getObjectRequest(get ->
                                get.bucket(bucket.name())
                                    .key(bucket.full(object.objectKey()))
                                    .responseContentDisposition(contentDisposition)
                                    .responseContentType(contentType))));
    return Optional.of(URI.create(link.url().toString()));
  }

  /// One key, written over and over: what may write need not be allowed to delete.
  @Override
  public void probe(long sizeBytes) throws IOException {
    S3Probe.write(bucket, encryption, sizeBytes);
  }

  @Override
  public List<StoredPart> lostParts(
      ObjectRef object, Optional<String> multipartId, List<StoredPart> parts) throws IOException {
    if (multipartId.isEmpty()) {
      return List.of(); // nothing can be asked
    }
    List<StoredPart> lost;
    try {
      Map<Integer, Part> listed = new HashMap<>();
      S3Multiparts.parts(bucket, object.objectKey(), multipartId.get())
          .forEach(part -> listed.put(part.partNumber(), part));
      lost =
          parts.stream()
              .filter(part -> {
                Part seen = listed.get(part.part() + 1);
                return seen == null || !S3Multiparts.holds(seen, part.sizeBytes(), part.crc32c());
              })
              .toList();
    } catch (MultipartGoneException e) {
      lost = inventory.isOpen(object.objectKey(), multipartId.get()) ? List.of() : parts;
    }
    return lost.isEmpty() || inventory.isListed(object.objectKey()) ? List.of() : lost;
  }

  private static ByteDigest digest(StagedPart part) {
    ByteDigest whole = ByteDigest.EMPTY;
    for (StagedBytes chunk : part.chunks()) {
      whole = whole.then(chunk.digest());
    }
    return whole;
  }

  /// Without the quotes that S3 writes around a tag.
  private static String bare(String etag) {
    return etag.replace("\"", "");
  }
}
