package io.sluice.acceptance.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RefusalsTest {

  private static final int ENOUGH_DRAWS = 5000;

  @Test
  void everyStatusOfTheListIsDrawn() {
    Random random = new Random(1);
    Set<StoreAnswer> drawn = new HashSet<>();
    for (int draw = 0; draw < ENOUGH_DRAWS; draw++) {
      drawn.add(Refusals.draw(random));
    }

    assertThat(drawn).containsExactlyInAnyOrderElementsOf(Refusals.ALL);
    assertThat(drawn)
        .extracting(StoreAnswer::status)
        .contains(301, 302, 307, 400, 401, 403, 404, 405, 408, 409, 411, 412, 413, 416, 429, 431)
        .contains(500, 501, 502, 503, 504);
  }

  @Test
  void everyStatusComesWithAndWithoutABody() {
    assertThat(Refusals.ALL)
        .filteredOn(answer -> answer.status() == 413)
        .extracting(StoreAnswer::toString)
        .containsExactlyInAnyOrder("413 EntityTooLarge", "413 empty", "413 HTML");
    assertThat(Refusals.ALL)
        .filteredOn(answer -> answer.status() == 302)
        .extracting(StoreAnswer::toString)
        .containsExactlyInAnyOrder("302 to http://127.0.0.1:1/", "302 empty");
  }

  @Test
  void noRefusalSaysThatAMultipartUploadIsGone() {
    assertThat(Refusals.ALL)
        .noneSatisfy(answer -> assertThat(answer.body()).contains("NoSuchUpload"));
  }

  @Test
  void whatAnswersHeadHasNoBody() {
    StoreAnswer answer = StoreAnswer.xml(403, "AccessDenied");

    assertThat(text(answer.bytes(false))).startsWith("HTTP/1.1 403 ").endsWith("\r\n\r\n");
    assertThat(text(answer.bytes(true))).endsWith("</Error>");
  }

  @Test
  void aSuccessIsNoRefusal() {
    assertThatThrownBy(() -> StoreAnswer.empty(200)).isInstanceOf(IllegalArgumentException.class);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
