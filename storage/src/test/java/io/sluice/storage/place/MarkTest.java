package io.sluice.storage.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkTest {

  private static final Mark MARK =
      new Mark(
          UUID.randomUUID(),
          UUID.randomUUID(),
          PlaceKind.OBJECTS,
          Instant.parse("2026-01-02T03:04:05.678Z"),
          42);

  @Test
  void whatIsWrittenIsRead() throws MarkUnreadableException {
    assertThat(Mark.parse(MARK.json())).isEqualTo(MARK);
    assertThat(Mark.parse(MARK.at(43).json()).generation()).isEqualTo(43);
    assertThat(MARK.json().length()).isLessThan(Mark.MAX_BYTES);
  }

  @Test
  void spacesDoNotMatter() throws MarkUnreadableException {
    assertThat(Mark.parse(MARK.json().replaceAll("\\s", ""))).isEqualTo(MARK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "null", "{\"deployment_id\": \"x\"}", "\0\0\0\0"})
  void anythingElseIsNoMark(String text) {
    assertThatThrownBy(() -> Mark.parse(text)).isInstanceOf(MarkUnreadableException.class);
  }

  @Test
  void aMarkThatWasCutShortOrBentIsNoMark() {
    String json = MARK.json();
    assertThatThrownBy(() -> Mark.parse(json.substring(0, json.length() - 4)))
        .isInstanceOf(MarkUnreadableException.class);
    assertThatThrownBy(() -> Mark.parse(json.replace("OBJECTS", "THINGS")))
        .isInstanceOf(MarkUnreadableException.class);
    assertThatThrownBy(() -> Mark.parse(json.replace("42", "-42")))
        .isInstanceOf(MarkUnreadableException.class);
    assertThatThrownBy(() -> Mark.parse(json.replace("01-02", "13-32")))
        .isInstanceOf(MarkUnreadableException.class);
  }
}
