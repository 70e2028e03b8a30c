package io.sluice.queue.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sluice.model.job.Job;
import io.sluice.model.job.Lane;
import io.sluice.queue.message.Decoded.Understood;
import io.sluice.queue.message.Decoded.Unreadable;
import io.sluice.queue.message.Decoded.Unsupported;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobCodecTest {

  private static final UUID UPLOAD = UUID.fromString("0198c0de-1234-7abc-8def-0123456789ab");
  private static final Instant AT = Instant.parse("2026-11-21T08:48:42.123456Z");
  private static final String ALLOWED =
      """
      "upload_id":"0198c0de-1234-7abc-8def-0123456789ab","enqueued_at":"2026-11-21T08:48:42Z"
      """;

  private final JobCodec codec = new JobCodec();

  @Test
  void everyJobComesBackAsItWas() {
    List<Job> jobs =
        List.of(
            new Job.StorePart(UPLOAD, 0, null, Lane.HEAVY),
            new Job.StorePart(UPLOAD, 99_999, "a1b2c3d4e5f60718-zz", Lane.LIGHT),
            new Job.FinalizeUpload(UPLOAD),
            new Job.PurgeUpload(UPLOAD));
    for (Job job : jobs) {
      assertThat(codec.decode(codec.encode(job, AT), job.lane()))
          .isEqualTo(new Understood(job, AT));
    }
  }

  /// The wire form is a contract between versions of the services.
  @Test
  void theMessageHasTheseFieldsAndNoOthers() {
    assertThat(new String(codec.encode(new Job.StorePart(UPLOAD, 3, "p-1", Lane.HEAVY), AT), UTF_8))
        .isEqualTo(
            "{\"v\":1,\"type\":\"store-part\",\"upload_id\":\"0198c0de-1234-7abc-8def-0123456789ab\","
                + "\"part\":3,\"permit\":\"p-1\",\"enqueued_at\":\"2026-11-21T08:48:42.123456Z\"}");
    assertThat(new String(codec.encode(new Job.FinalizeUpload(UPLOAD), AT), UTF_8))
        .isEqualTo(
            "{\"v\":1,\"type\":\"finalize-upload\","
                + "\"upload_id\":\"0198c0de-1234-7abc-8def-0123456789ab\","
                + "\"enqueued_at\":\"2026-11-21T08:48:42.123456Z\"}");
  }

  @Test
  void theLongestMessageKeepsToTheLimitAndALongerOneIsRefused() {
    Job longest = new Job.StorePart(UPLOAD, Integer.MAX_VALUE, "p".repeat(64), Lane.HEAVY);
    assertThat(codec.encode(longest, AT)).hasSizeLessThanOrEqualTo(JobCodec.LONGEST_MESSAGE_BYTES);
    Job absurd = new Job.StorePart(UPLOAD, 0, "p".repeat(300), Lane.HEAVY);
    assertThatIllegalArgumentException().isThrownBy(() -> codec.encode(absurd, AT));
  }

  @Test
  void unknownFieldsAreIgnored() {
    assertThat(decode("{\"v\":1,\"type\":\"finalize-upload\",\"new\":{\"a\":[1]}," + ALLOWED + "}"))
        .isInstanceOf(Understood.class);
  }

  @Test
  void anUnknownVersionIsLeftToANewerWorker() {
    assertThat(decode("{\"v\":2,\"anything\":true}")).isEqualTo(new Unsupported(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "null",
        "[]",
        "\"v\"",
        "{}",
        "{\"v\":\"1\"}",
        "{\"v\":0}",
        "{\"v\":-1}",
        "{\"v\":1.5}",
        "{\"v\":99999999999}",
        "{\"v\":1}",
        "{\"v\":1,\"type\":\"finalize-upload\"}",
        "{\"v\":1,\"type\":\"finalize-upload\",\"upload_id\":\"1-1-1-1-1\",\"enqueued_at\":\"2026-11-21T08:48:42Z\"}",
        "{\"v\":1,\"type\":\"finalize-upload\",\"upload_id\":\"0198c0de-1234-7abc-8def-0123456789ab\",\"enqueued_at\":\"yesterday\"}",
      })
  void whatIsNoMessageIsUnreadable(String text) {
    assertThat(decode(text)).isInstanceOf(Unreadable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"type\":\"dance\"",
        "\"type\":7",
        "\"part\":1",
        "\"type\":\"store-part\"",
        "\"type\":\"store-part\",\"part\":-1",
        "\"type\":\"store-part\",\"part\":\"1\"",
        "\"type\":\"store-part\",\"part\":4294967296"
      })
  void aMessageOfOurVersionThatMakesNoSenseIsUnreadable(String fields) {
    assertThat(decode("{\"v\":1," + fields + "," + ALLOWED + "}")).isInstanceOf(Unreadable.class);
  }

  @Test
  void hugeAndDeepMessagesAreUnreadableWithoutBeingRead() {
    assertThat(codec.decode(new byte[5_000_000], Lane.HEAVY)).isInstanceOf(Unreadable.class);
    assertThat(decode("{\"v\":1,\"a\":" + "[".repeat(1000) + "]".repeat(1000) + "}"))
        .isInstanceOf(Unreadable.class);
    assertThat(codec.decode(null, Lane.HEAVY)).isInstanceOf(Unreadable.class);
  }

  @Test
  void noBytesMakeItThrow() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    byte[] good = codec.encode(new Job.StorePart(UPLOAD, 12, "permit", Lane.HEAVY), AT);
    int understood = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = i % 4 == 0 ? randomBytes(random) : mangled(good, random);
      Decoded decoded = codec.decode(bytes, Lane.HEAVY);
      assertThat(decoded).as("seed %d, round %d", seed, i).isNotNull();
      if (decoded instanceof Understood) {
        understood++;
      }
    }
    // Some changes are harmless (a digit of the part, a letter of the permit); that many are not.
    assertThat(understood).as("seed %d", seed).isBetween(1, 150_000);
  }

  private static byte[] randomBytes(Random random) {
    byte[] bytes = new byte[random.nextInt(400)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] mangled(byte[] good, Random random) {
    byte[] bytes = good.clone();
    for (int n = random.nextInt(4); n >= 0; n--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
  }

  private Decoded decode(String text) {
    return codec.decode(text.getBytes(UTF_8), Lane.HEAVY);
  }
}
