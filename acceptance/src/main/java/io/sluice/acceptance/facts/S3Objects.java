package io.sluice.acceptance.facts;

import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// An object store that is a bucket. An object's key is the upload's.
///
/// @param clock for ages
public record S3Objects(S3Client s3, String bucket, Clock clock)
    implements ObjectStore, AutoCloseable {

  private static final int NOT_SATISFIABLE = 416;

  /// Talks to a bucket directly.
  public static S3Objects of(
      URI endpoint, String accessKey, String secretKey, String bucket, Clock clock) {
    S3Client s3 =
        S3Client.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .httpClientBuilder(Apache5HttpClient.builder())
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
            .build();
    return new S3Objects(s3, bucket, clock);
  }

  @Override
  public List<StoredObject> list() {
    return s3.listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
        .filter(object -> !object.key().contains(PlaceMark.DIRECTORY + "/"))
        .map(object ->
            new StoredObject(
                object.key(),
                new TreeMap<>(Map.of(0, object.size())),
                ageSeconds(object.lastModified())))
        .toList();
  }

  @Override
  public List<OpenMultipart> openMultiparts() {
    return s3.listMultipartUploadsPaginator(request -> request.bucket(bucket)).uploads().stream()
        .map(upload ->
            new OpenMultipart(upload.key(), upload.uploadId(), ageSeconds(upload.initiated())))
        .toList();
  }

  private long ageSeconds(Instant since) {
    return Duration.between(since, clock.instant()).toSeconds();
  }

  @Override
  public boolean keepsChunksApart() {
    return false;
  }

  @Override
  public Optional<InputStream> open(UploadFact upload) {
    try {
      return Optional.of(s3.getObject(request -> request.bucket(bucket).key(upload.objectKey())));
    } catch (NoSuchKeyException none) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<InputStream> openChunk(UploadFact upload, int chunkIndex) {
    long from = chunkIndex * upload.chunkSizeBytes();
    String range = "bytes=%d-%d".formatted(from, from + upload.chunkLengthBytes(chunkIndex) - 1);
    try {
      return Optional.of(
          s3.getObject(request -> request.bucket(bucket).key(upload.objectKey()).range(range)));
    } catch (NoSuchKeyException none) {
      return Optional.empty();
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_SATISFIABLE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public boolean holdsOpenPart(UploadFact upload, int chunkIndex) {
    if (upload.multipartId() == null || upload.totalChunks() == null) {
      return false;
    }
    int part = chunkIndex / upload.chunksPerPart();
    int last = Math.min((part + 1) * upload.chunksPerPart(), upload.totalChunks()) - 1;
    long begin = (long) part * upload.chunksPerPart() * upload.chunkSizeBytes();
    long end = last * upload.chunkSizeBytes() + upload.chunkLengthBytes(last);
    try {
      return s3
          .listPartsPaginator(request ->
              request.bucket(bucket).key(upload.objectKey()).uploadId(upload.multipartId()))
          .parts()
          .stream()
          .anyMatch(held -> held.partNumber() == part + 1 && held.size() == end - begin);
    } catch (NoSuchUploadException gone) {
      return false;
    }
  }

  @Override
  public void close() {
    s3.close();
  }
}
