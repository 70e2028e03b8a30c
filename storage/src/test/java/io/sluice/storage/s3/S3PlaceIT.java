package io.sluice.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.storage.object.ObjectKeys;
import io.sluice.storage.place.Mark;
import io.sluice.storage.place.MarkedPlace;
import io.sluice.storage.place.PlaceAddress;
import io.sluice.storage.place.PlaceKind;
import io.sluice.storage.s3.ScriptedS3.Answer;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A bucket as a place.
class S3PlaceIT {

  private final Mark mark =
      new Mark(UUID.randomUUID(), UUID.randomUUID(), PlaceKind.OBJECTS, Instant.EPOCH, 1);
  private final Mark other =
      new Mark(UUID.randomUUID(), UUID.randomUUID(), PlaceKind.OBJECTS, Instant.EPOCH, 1);

  @Test
  void aFirstMarkIsNeverWrittenOverAnother() throws IOException {
    MarkedPlace place = place(RealS3.bucket());

    assertThat(place.writeFirstMark(mark)).isTrue();
    assertThat(place.writeFirstMark(other)).isFalse();

    assertThat(place.readMark()).contains(mark);
    place.writeMark(other);
    assertThat(place.readMark()).contains(other);
  }

  @Test
  void aServiceThatKnowsNoConditionIsGivenTheMarkWithoutOne() throws IOException {
    try (ScriptedS3 server = new ScriptedS3();
        S3Connection connection = server.connect(S3Endpoint.Checksums.FULL_OBJECT)) {
      server.willAnswer(Answer.error(501, "NotImplemented"), Answer.ok(Map.of("ETag", "\"mark\"")));

      assertThat(place(new S3Bucket(connection, "bucket", "")).writeFirstMark(mark)).isTrue();

      assertThat(server.asked()).hasSize(2);
      assertThat(server.asked().getFirst().header("If-None-Match")).isEqualTo("*");
      assertThat(server.asked().getLast().header("If-None-Match")).isNull();
    }
  }

  private static MarkedPlace place(S3Bucket bucket) {
    PlaceAddress address = S3Place.address(PlaceKind.OBJECTS, "s3", bucket, "backend", "bucket");
    return new S3Place(
        address,
        bucket,
        S3Encryption.BUCKET_DEFAULT,
        ObjectKeys.shardNames(),
        ObjectKeys::uploadOf);
  }
}
