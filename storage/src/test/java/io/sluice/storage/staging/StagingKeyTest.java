package io.sluice.storage.staging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names of staged bytes say whose they are, are never the same twice, and lead nowhere else.
class StagingKeyTest {

  private static final String UPLOAD = "0199f8a0-0000-7000-8000-00000000abcd";

  @Test
  void aNameIsReadBackAsItWasWritten() {
    for (int index : new int[] {0, 7, 99_999}) {
      StagingKey key = StagingKey.next(UUID.fromString(UPLOAD), index);

      assertThat(StagingKey.parse(key.toString())).hasValue(key);
    }
    assertThat(new StagingKey(10, UUID.fromString(UPLOAD), 3, -1))
        .hasToString("a/" + UPLOAD + ".3.ffffffffffffffff");
  }

  @Test
  void attemptsAtOneChunkHaveDifferentNamesOverAllShards() {
    UUID upload = UUID.randomUUID();

    assertThat(IntStream.range(0, 1000).mapToObj(i -> StagingKey.next(upload, 0).leaf()))
        .doesNotHaveDuplicates();
    assertThat(
            IntStream.range(0, 1000).mapToObj(i -> StagingKey.next(upload, 0).shard()).distinct())
        .hasSize(StagingKey.SHARDS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "g/" + UPLOAD + ".3.ffffffffffffffff",
        "a/" + UPLOAD + ".3",
        "a/" + UPLOAD + ".-3.ffffffffffffffff",
        "a/" + UPLOAD + ".03.ffffffffffffffff",
        "a/" + UPLOAD + ".9999999999.ffffffffffffffff",
        "a/" + UPLOAD + ".3.FFFFFFFFFFFFFFFF",
        "a/../" + UPLOAD + ".3.ffffffffffffffff",
        "a/" + UPLOAD + ".3.ffffffffffffffff\n",
        "/a/" + UPLOAD + ".3.ffffffffffffffff",
      })
  void anythingElseIsNoName(String other) {
    assertThat(StagingKey.parse(other)).isEmpty();
  }
}
