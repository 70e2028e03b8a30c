package io.sluice.acceptance.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UploadPlanTest {

  private static final FileSizes SIZES = new FileSizes(2000, 8);

  @Test
  void theSameSeedDrawsTheSamePlans() {
    Random one = new Random(3);
    Random other = new Random(3);

    for (int number = 0; number < 50; number++) {
      assertThat(UploadPlan.draw(one, "f" + number, SIZES))
          .isEqualTo(UploadPlan.draw(other, "f" + number, SIZES));
    }
  }

  @Test
  void aRunMeetsEveryEndingAndEveryKindOfSize() {
    Random random = new Random(3);
    Set<Ending> endings = EnumSet.noneOf(Ending.class);
    boolean empty = false;
    boolean single = false;
    boolean many = false;
    boolean even = false;
    for (int number = 0; number < 500; number++) {
      UploadPlan plan = UploadPlan.draw(random, "f", SIZES);
      long size = plan.bytes().sizeBytes();
      endings.add(plan.ending());
      empty |= size == 0;
      single |= size > 0 && size <= plan.chunkSizeBytes();
      many |= size > 4 * plan.chunkSizeBytes();
      even |= size > 0 && size % plan.chunkSizeBytes() == 0;
      assertThat(plan.chunkSizeBytes()).isBetween(1L, 2000L);
    }

    assertThat(endings).containsExactlyInAnyOrder(Ending.values());
    assertThat(empty && single && many && even).isTrue();
  }
}
