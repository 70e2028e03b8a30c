package io.sluice.storage.s3;

import io.sluice.failpoint.Failpoint;
import io.sluice.storage.checksum.ByteDigest;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.object.StoreRefusedException;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.storage.place.MarkedPlace;
import io.sluice.storage.place.PlaceKind;
import io.sluice.storage.staging.StageRequest;
import io.sluice.storage.staging.StagedBytes;
import io.sluice.storage.staging.StagedBytesMissingException;
import io.sluice.storage.staging.StagedEntry;
import io.sluice.storage.staging.StagingBody;
import io.sluice.storage.staging.StagingFullException;
import io.sluice.storage.staging.StagingKey;
import io.sluice.storage.staging.StagingStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Staging in a bucket, for gateways and workers that share no directory.
///
/// A body is one object, streamed: with its CRC32C in front where all of it fits into one buffer, behind
/// where only its length is known, and as a multipart upload where not even that is
/// ([UnknownLengthUpload]). An object appears whole or not at all, so a body that breaks off leaves
/// nothing. Nobody looks for unfinished multipart uploads by their key, so [#forEach] shows those too,
/// under a name that [#delete] knows to abort.
public final class S3StagingStore implements StagingStore {

  private static final int MAX_DELETED_AT_ONCE = 1000;

  private final S3Bucket bucket;
  private final S3Client client;

  /// Staging below the prefix of a bucket. Nothing is sent yet.
  public S3StagingStore(S3Bucket bucket) {
    this.bucket = bucket;
    this.client = bucket.connection().client();
  }

  /// Where staged bytes are, for a copy within the service.
  S3Bucket bucket() {
    return bucket;
  }

  /// The bucket as a place to be claimed.
  ///
  /// @param backend `s3` or `r2`
  public MarkedPlace place(String backend, String backendSetting, String locationSetting) {
    return new S3Place(
        S3Place.address(PlaceKind.STAGING, backend, bucket, backendSetting, locationSetting),
        bucket,
        S3Encryption.BUCKET_DEFAULT,
        IntStream.range(0, StagingKey.SHARDS).mapToObj(StagingKey::shardName).toList(),
        key -> StagingKey.parse(key).map(StagingKey::uploadId));
  }

  @Override
  public StagedBytes stage(StageRequest request, ReadableByteChannel body) throws IOException {
    StagingBody checked = new StagingBody(request, body);
    StagingKey key = StagingKey.next(request.uploadId(), request.chunkIndex());
    ChannelStream stream = new ChannelStream(checked, request.exactBytes());
    try {
      ByteDigest digest;
      if (stream.fill()) {
        digest = checked.digest();
        put(key, digest, stream);
      } else if (request.exactBytes() >= 0) {
        digest = putStreaming(key, request.exactBytes(), checked, stream);
      } else {
        UnknownLengthUpload upload = new UnknownLengthUpload(bucket, key, request.maxBytes());
        upload.send(stream);
        digest = checked.digest();
      }
      Failpoint.hit("staging.bytes-written");
      return new StagedBytes(key.toString(), digest);
    } catch (StoreUnavailableException | StoreRefusedException e) {
      throw S3Failures.isFull(e) ? new StagingFullException("staging is full", e) : e;
    } finally {
      stream.release();
    }
  }

  /// A bucket does not say what it has room for.
  @Override
  public void checkRoom(long sizeBytes) {}

  private void put(StagingKey key, ByteDigest digest, ChannelStream stream) throws IOException {
    PutObjectRequest.Builder put = request(key, digest.sizeBytes());
    if (bucket.connection().checksums() != S3Endpoint.Checksums.NONE) {
      put.checksumCRC32C(Crc32cText.of(digest.crc32c()));
    }
    RequestBody content = S3Requests.body(stream, digest.sizeBytes());
    PutObjectResponse answer =
        S3Failures.named("put staged bytes", () -> client.putObject(put.build(), content));
    confirm(key, answer, digest);
  }

  /// Nobody may be told that bytes are durable which only something in between has seen.
  private void confirm(StagingKey key, PutObjectResponse answer, ByteDigest digest)
      throws IOException {
    S3Requests.said("put staged bytes", answer.eTag());
    if (S3Requests.isVouchedFor(answer, answer.checksumCRC32C(), digest.crc32c())) {
      return;
    }
    HeadObjectResponse head =
        S3Failures.named(
            "head staged bytes",
            () ->
                client.headObject(
                    ask -> ask.bucket(bucket.name()).key(bucket.full(key.toString()))));
    if (head.contentLength() == null || head.contentLength() != digest.sizeBytes()) {
      throw new StoreUnavailableException("staging does not have what it took");
    }
  }

  private ByteDigest putStreaming(
      StagingKey key, long sizeBytes, StagingBody body, ChannelStream stream) throws IOException {
    PutObjectRequest.Builder put = request(key, sizeBytes);
    if (bucket.connection().checksums() != S3Endpoint.Checksums.NONE) {
      put.checksumAlgorithm(ChecksumAlgorithm.CRC32_C); // the client sends it behind the body
    }
    RequestBody content = S3Requests.body(stream, sizeBytes);
    PutObjectResponse answer =
        S3Failures.named("put staged bytes", () -> client.putObject(put.build(), content));
    ByteDigest digest = body.digest();
    confirm(key, answer, digest);
    Optional<Integer> kept = Crc32cText.parse(answer.checksumCRC32C(), answer.checksumType());
    if (kept.isPresent() && kept.get() != digest.crc32c()) {
      delete(List.of(key.toString()));
      throw new StoreUnavailableException("staging received other bytes than were sent");
    }
    return digest;
  }

  private PutObjectRequest.Builder request(StagingKey key, long sizeBytes) {
    return PutObjectRequest.builder()
        .bucket(bucket.name())
        .key(bucket.full(key.toString()))
        .contentLength(sizeBytes)
        .overrideConfiguration(
            S3Requests.boundedFor(sizeBytes, S3Requests.SLOWEST_CLIENT_BYTES_PER_SECOND));
  }

  @Override
  public ReadableByteChannel open(String stagingKey, long offset, long lengthBytes)
      throws IOException {
    String key = checked(stagingKey);
    if (lengthBytes == 0) {
      return Channels.newChannel(InputStream.nullInputStream());
    }
    try {
      return S3Slice.open(bucket, key, offset, lengthBytes);
    } catch (StoreRefusedException e) {
      if (S3Failures.isMissingKey(e)) {
        throw new StagedBytesMissingException("nothing is staged under " + stagingKey, e);
      }
      throw e;
    }
  }

  @Override
  public Optional<Path> file(String stagingKey) {
    return Optional.empty();
  }

  @Override
  public void delete(Collection<String> stagingKeys) throws IOException {
    List<ObjectIdentifier> objects = new ArrayList<>();
    for (String name : stagingKeys) {
      Optional<UnfinishedUpload> unfinished = UnfinishedUpload.parse(name);
      if (unfinished.isPresent()) {
        S3Multiparts.abort(bucket, unfinished.get().key(), unfinished.get().multipartId());
      } else {
        objects.add(ObjectIdentifier.builder().key(bucket.full(checked(name))).build());
      }
    }
    for (int from = 0; from < objects.size(); from += MAX_DELETED_AT_ONCE) {
      deleteObjects(objects.subList(from, Math.min(objects.size(), from + MAX_DELETED_AT_ONCE)));
    }
  }

  private void deleteObjects(List<ObjectIdentifier> objects) throws IOException {
    if (objects.size() == 1) {
      S3Failures.named(
          "delete staged bytes",
          () ->
              client.deleteObject(one -> one.bucket(bucket.name()).key(objects.getFirst().key())));
      return;
    }
    DeleteObjectsResponse answer =
        S3Failures.named(
            "delete staged bytes",
            () ->
                client.deleteObjects(many ->
                    many.bucket(bucket.name()).delete(list -> list.objects(objects).quiet(true))));
    if (answer.hasErrors() && !answer.errors().isEmpty()) {
      throw new StoreUnavailableException(
          "%d of %d staged objects were not deleted: %s"
              .formatted(
                  answer.errors().size(), objects.size(), answer.errors().getFirst().code()));
    }
  }

  @Override
  public void forEach(Consumer<StagedEntry> visitor) throws IOException {
    S3Failures.named(
        "list staged bytes",
        () -> {
          client
              .listObjectsV2Paginator(list -> list.bucket(bucket.name()).prefix(bucket.prefix()))
              .contents()
              .forEach(object -> show(object, visitor));
          return true;
        });
    S3Multiparts.forEach(
        bucket,
        "",
        open -> {
          UnfinishedUpload unfinished = new UnfinishedUpload(open.objectKey(), open.multipartId());
          StagingKey.parse(open.objectKey())
              .ifPresent(key ->
                  visitor.accept(
                      new StagedEntry(
                          unfinished.toString(),
                          key.uploadId(),
                          key.chunkIndex(),
                          0,
                          open.initiated())));
        });
  }

  private void show(S3Object object, Consumer<StagedEntry> visitor) {
    bucket
        .ours(object.key())
        .flatMap(StagingKey::parse)
        .ifPresent(key ->
            visitor.accept(
                new StagedEntry(
                    key.toString(),
                    key.uploadId(),
                    key.chunkIndex(),
                    object.size(),
                    object.lastModified())));
  }

  @Override
  public void probe() throws IOException {
    S3Probe.write(bucket, S3Encryption.BUCKET_DEFAULT, ObjectStore.PROBE_BYTES);
  }

  private static String checked(String stagingKey) {
    return StagingKey.parse(stagingKey)
        .map(StagingKey::toString)
        .orElseThrow(() -> new IllegalArgumentException("not a staging key"));
  }
}
