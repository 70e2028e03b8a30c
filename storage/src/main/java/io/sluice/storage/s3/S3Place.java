package io.sluice.storage.s3;

import io.sluice.storage.object.StoreRefusedException;
import io.sluice.storage.place.Mark;
import io.sluice.storage.place.MarkUnreadableException;
import io.sluice.storage.place.MarkedPlace;
import io.sluice.storage.place.PlaceAddress;
import io.sluice.storage.place.PlaceKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// A bucket, or what is below a prefix of it, that is a place.
final class S3Place implements MarkedPlace {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int PAGE_KEYS = 1000;

  private final PlaceAddress address;
  private final S3Bucket bucket;
  private final S3Encryption encryption;
  private final S3Sample sample;
  private final S3Client client;

  /// @param shards what the keys of this place begin with, up to a slash, in order
  /// @param uploadOf reads a key
  S3Place(
      PlaceAddress address,
      S3Bucket bucket,
      S3Encryption encryption,
      List<String> shards,
      Function<String, Optional<UUID>> uploadOf) {
    this.address = address;
    this.bucket = bucket;
    this.encryption = encryption;
    this.sample = new S3Sample(bucket, shards, uploadOf, PAGE_KEYS, PATIENCE);
    this.client = bucket.connection().client();
  }

  static PlaceAddress address(
      PlaceKind kind,
      String backend,
      S3Bucket bucket,
      String backendSetting,
      String locationSetting) {
    return new PlaceAddress(
        kind, backend, bucket.name() + "/" + bucket.prefix(), backendSetting, locationSetting);
  }

  @Override
  public PlaceAddress address() {
    return address;
  }

  @Override
  public Optional<Mark> readMark() throws IOException {
    try {
      return Optional.of(Mark.parse(S3Failures.named("get the mark", this::text)));
    } catch (StoreRefusedException e) {
      if (S3Failures.isMissingKey(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private String text() throws IOException {
    try (ResponseInputStream<GetObjectResponse> stream =
        client.getObject(get ->
            get.bucket(bucket.name())
                .key(bucket.full(Mark.KEY))
                .overrideConfiguration(S3Place::bound))) {
      byte[] bytes = stream.readNBytes(Mark.MAX_BYTES + 1);
      if (bytes.length > Mark.MAX_BYTES) {
        stream.abort();
        throw new MarkUnreadableException(Mark.KEY + " is too long for a mark");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  @Override
  public void writeMark(Mark mark) throws IOException {
    put(mark, null);
  }

  @Override
  public boolean writeFirstMark(Mark mark) throws IOException {
    try {
      put(mark, "*");
    } catch (StoreRefusedException e) {
      if (S3Failures.isTaken(e)) {
        return false;
      }
      if (!S3Failures.isUnsupported(e)) {
        throw e;
      }
      put(mark, null); // a service that knows no such condition is taken as it is
    }
    return true;
  }

  private void put(Mark mark, @Nullable String unlessTagged) throws IOException {
    S3Failures.named(
        "put the mark",
        () ->
            client.putObject(
                put ->
                    put.bucket(bucket.name())
                        .key(bucket.full(Mark.KEY))
                        .contentType("application/json")
                        .serverSideEncryption(encryption.wire())
                        .ssekmsKeyId(encryption.key())
                        .ifNoneMatch(unlessTagged)
                        .overrideConfiguration(S3Place::bound),
                RequestBody.fromString(mark.json())));
  }

  /// A bucket has no directories, and is not ours to make.
  @Override
  public void prepare() {}

  @Override
  public Set<UUID> someUploads() throws IOException {
    return S3Failures.named("list some keys", sample::take);
  }

  private static void bound(AwsRequestOverrideConfiguration.Builder override) {
    override.apiCallTimeout(PATIENCE);
  }
}
