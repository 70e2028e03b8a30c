package io.sluice.acceptance.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefusalTest {

  private static final StoreAnswer NO = StoreAnswer.empty(403);

  @Test
  void aRefusalOfWritesLetsReadingAndRemovingPass() {
    Refusal refusal = Refusal.ofWrites(NO);

    assertThat(refusal.takes(S3Operation.PUT_OBJECT, "/b/k")).isTrue();
    assertThat(refusal.takes(S3Operation.UPLOAD_PART, "/b/k")).isTrue();
    assertThat(refusal.takes(S3Operation.HEAD_OBJECT, "/b/k")).isFalse();
    assertThat(refusal.takes(S3Operation.DELETE_OBJECT, "/b/k")).isFalse();
    assertThat(refusal.takes(S3Operation.LIST_OBJECTS, "/b")).isFalse();
  }

  @Test
  void aRefusalOfOneOperationLetsEveryOtherPass() {
    Refusal refusal = Refusal.of(S3Operation.LIST_PARTS, NO);

    assertThat(S3Operation.values())
        .filteredOn(operation -> refusal.takes(operation, "/b/k"))
        .containsExactly(S3Operation.LIST_PARTS);
  }

  @Test
  void aRefusalOfEverythingTakesRequestsThatAreAboutNoObject() {
    Refusal refusal = Refusal.ofEverything(NO);

    assertThat(S3Operation.values()).allMatch(operation -> refusal.takes(operation, "/b"));
  }

  @Test
  void anObjectIsRefusedAlwaysOrNever() {
    Refusal refusal = Refusal.ofSomeObjects(200, NO);

    for (int index = 0; index < 100; index++) {
      String path = path(index);
      boolean first = refusal.takes(S3Operation.PUT_OBJECT, path);
      assertThat(Refusal.WRITES).allMatch(write -> refusal.takes(write, path) == first);
    }
  }

  @Test
  void aboutAsManyObjectsAreRefusedAsWereAskedFor() {
    Refusal refusal = Refusal.ofSomeObjects(200, NO);

    long refused =
        IntStream.range(0, 10_000)
            .filter(index -> refusal.takes(S3Operation.PUT_OBJECT, path(index)))
            .count();

    assertThat(refused).isBetween(1800L, 2200L);
    assertThat(refusal.takes(S3Operation.PUT_OBJECT, "/b/")).isFalse();
  }

  @Test
  void aShareOutsideOfAThousandIsNone() {
    assertThatThrownBy(() -> Refusal.ofSomeObjects(0, NO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Refusal.ofSomeObjects(1001, NO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String path(int index) {
    return "/b/ab/" + new UUID(index * 0x9E3779B97F4A7C15L, index);
  }
}
