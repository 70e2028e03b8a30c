package io.sluice.places;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.storage.place.Mark;
import io.sluice.storage.place.PlaceAddress;
import io.sluice.storage.place.PlaceKind;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessagesTest {

  private static final UUID US = UUID.randomUUID();
  private static final PlaceAddress PLACE =
      new PlaceAddress(PlaceKind.OBJECTS, "local", "/secret/objects", "the.backend", "the.root");
  private static final PlaceRow ROW = new PlaceRow(UUID.randomUUID(), "s3", "bucket/a/", 10);
  private static final Mark MARK =
      new Mark(UUID.randomUUID(), UUID.randomUUID(), PlaceKind.OBJECTS, Instant.EPOCH, 11);

  @Test
  void everyVerdictIsOneLineThatNamesThePlace() {
    List.of(
            new Verdict.Ours(MARK, ROW),
            new Verdict.Unclaimed(Optional.empty()),
            new Verdict.Absent(),
            new Verdict.Foreign(MARK),
            new Verdict.Occupied(),
            new Verdict.Ahead(MARK, Optional.of(ROW)),
            new Verdict.Elsewhere(MARK, ROW),
            new Verdict.Changed(Optional.empty(), ROW))
        .forEach(verdict ->
            assertThat(Messages.of(verdict, PLACE, US))
                .contains("objects", "local /secret/objects")
                .doesNotContain("\n"));
  }

  @Test
  void aChangedSettingIsNamedWithWhatTheRowsSay() {
    assertThat(Messages.of(new Verdict.Changed(Optional.empty(), ROW), PLACE, US))
        .contains("the.backend", "s3 bucket/a/")
        .doesNotContain("the.root");
    PlaceRow sameBackend = new PlaceRow(ROW.placeId(), "local", "/other", 10);
    assertThat(Messages.of(new Verdict.Changed(Optional.empty(), sameBackend), PLACE, US))
        .contains("the.root", "local /other");
  }

  @Test
  void aFailureIsToldInItsFirstLine() {
    assertThat(Messages.away(PLACE, new IOException("no answer\n at all")))
        .endsWith("cannot be read: IOException: no answer");
  }

  @ParameterizedTest
  @EnumSource(PlaceWord.class)
  void whoeverHasNoKeyLearnsNoLocation(PlaceWord word) {
    assertThat(Messages.brief(word, PlaceKind.OBJECTS))
        .contains("objects")
        .doesNotContain("secret")
        .doesNotContain("\n");
  }
}
