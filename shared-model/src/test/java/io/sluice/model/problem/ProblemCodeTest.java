package io.sluice.model.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemCodeTest {

  @Test
  void theWireWordIsTheConstantInLowerCase() {
    assertThat(ProblemCode.CHUNK_CONFLICT.wire()).isEqualTo("chunk_conflict");
    assertThat(ProblemCode.CHUNK_CONFLICT.type()).isEqualTo("urn:sluice:problem:chunk_conflict");
  }

  @Test
  void everyProblemIsAnErrorStatusWithATitle() {
    for (ProblemCode code : ProblemCode.values()) {
      assertThat(code.status()).as(code.name()).isBetween(400, 599);
      assertThat(code.title()).as(code.name()).isNotBlank();
    }
  }
}
