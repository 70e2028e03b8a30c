package io.sluice.places;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.places.Evidence.Contents;
import io.sluice.places.Evidence.Found;
import io.sluice.storage.place.Mark;
import io.sluice.storage.place.PlaceAddress;
import io.sluice.storage.place.PlaceKind;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JudgementTest {

  private static final UUID US = UUID.randomUUID();
  private static final UUID THEM = UUID.randomUUID();
  private static final UUID HERE = UUID.randomUUID();
  private static final UUID THERE = UUID.randomUUID();
  private static final PlaceAddress PLACE = place("s3", "bucket/a/");
  private static final PlaceRow ROW = new PlaceRow(HERE, "s3", "bucket/a/", 10);
  private static final PlaceRow MOVED = new PlaceRow(HERE, "local", "/data", 10);
  private static final Contents NEEDED = new Contents(true, Found.NOTHING);
  private static final Contents UNNEEDED = new Contents(false, Found.NOTHING);

  @Test
  void theMarkOfTheRowIsOurs() {
    assertThat(judge(ROW, mark(US, HERE, 10), NEEDED)).isInstanceOf(Verdict.Ours.class);
  }

  /// Its writer died between the row and the mark.
  @Test
  void aMarkThatStayedBehindIsOurs() {
    assertThat(judge(ROW, mark(US, HERE, 9), NEEDED)).isInstanceOf(Verdict.Ours.class);
  }

  @Test
  void aMarkThatIsAheadWasWrittenForRowsThatAreMissing() {
    assertThat(judge(ROW, mark(US, HERE, 11), NEEDED)).isInstanceOf(Verdict.Ahead.class);
  }

  @Test
  void aPlaceThatMovedWithItsMarkIsOurs() {
    assertThat(judge(MOVED, mark(US, HERE, 10), NEEDED)).isInstanceOf(Verdict.Ours.class);
    assertThat(judge(MOVED, mark(US, HERE, 11), NEEDED)).isInstanceOf(Verdict.Ahead.class);
  }

  @Test
  void theMarkOfAnotherDatabaseIsForeignWhateverIsExpected() {
    assertThat(judge(ROW, mark(THEM, THERE, 3), NEEDED)).isInstanceOf(Verdict.Foreign.class);
    assertThat(judge(ROW, mark(THEM, THERE, 3), UNNEEDED)).isInstanceOf(Verdict.Foreign.class);
    assertThat(judge(null, mark(THEM, THERE, 1), NEEDED)).isInstanceOf(Verdict.Foreign.class);
    assertThat(judge(null, mark(THEM, THERE, 1), UNNEEDED)).isInstanceOf(Verdict.Foreign.class);
    assertThat(judge(ROW, mark(THEM, HERE, 3), NEEDED)).isInstanceOf(Verdict.Foreign.class);
  }

  /// Staging and objects below the same prefix would write over each other's mark.
  @Test
  void thePlaceOfTheOtherKindIsForeign() {
    Mark staging = new Mark(US, HERE, PlaceKind.STAGING, Instant.EPOCH, 1);

    assertThat(judge(null, staging, UNNEEDED)).isInstanceOf(Verdict.Foreign.class);
    assertThat(judge(ROW, staging, NEEDED)).isInstanceOf(Verdict.Foreign.class);
  }

  @Test
  void anEmptyPlaceIsClaimedAtTheFirstStart() {
    assertThat(judge(null, null, UNNEEDED)).isInstanceOf(Verdict.Unclaimed.class);
  }

  /// An unmounted volume at the first start of a build that knows of marks.
  @Test
  void anEmptyPlaceWhereRowsNeedBytesIsAbsentEvenIfItWasNeverClaimed() {
    assertThat(judge(null, null, NEEDED)).isInstanceOf(Verdict.Absent.class);
  }

  @Test
  void dataOfAnOlderBuildIsClaimedIfRowsKnowIt() {
    assertThat(judge(null, null, new Contents(true, Found.KNOWN)))
        .isInstanceOf(Verdict.Unclaimed.class);
    assertThat(judge(null, null, new Contents(false, Found.KNOWN)))
        .isInstanceOf(Verdict.Unclaimed.class);
  }

  @Test
  void bytesThatNoRowKnowsAreSomebodyElses() {
    assertThat(judge(null, null, new Contents(true, Found.UNKNOWN)))
        .isInstanceOf(Verdict.Occupied.class);
    assertThat(judge(ROW, null, new Contents(false, Found.UNKNOWN)))
        .isInstanceOf(Verdict.Occupied.class);
  }

  @Test
  void aClaimThatBrokeOffBeforeItsRowIsGoneOnWith() {
    assertThat(judge(null, mark(US, HERE, Judgement.FIRST_GENERATION), NEEDED))
        .isInstanceOf(Verdict.Unclaimed.class);
  }

  @Test
  void aMarkOfOursWithoutARowIsAheadOfADatabaseThatWasRestored() {
    assertThat(judge(null, mark(US, HERE, 5), NEEDED)).isInstanceOf(Verdict.Ahead.class);
  }

  @ParameterizedTest
  @EnumSource(Found.class)
  void aClaimedPlaceWithoutItsMarkIsAbsentWhileRowsNeedIt(Found found) {
    assertThat(judge(ROW, null, new Contents(true, found))).isInstanceOf(Verdict.Absent.class);
  }

  @Test
  void aClaimedPlaceWithoutItsMarkIsClaimedAnewWhereNoRowNeedsIt() {
    assertThat(judge(ROW, null, UNNEEDED)).isInstanceOf(Verdict.Unclaimed.class);
    assertThat(judge(MOVED, null, UNNEEDED)).isInstanceOf(Verdict.Unclaimed.class);
  }

  @Test
  void settingsThatNameAnotherPlaceThanTheRowsAreRefused() {
    assertThat(judge(MOVED, null, NEEDED)).isInstanceOf(Verdict.Changed.class);
    assertThat(judge(MOVED, mark(THEM, THERE, 1), NEEDED)).isInstanceOf(Verdict.Changed.class);
    assertThat(judge(MOVED, mark(US, THERE, 1), NEEDED)).isInstanceOf(Verdict.Changed.class);
    assertThat(judge(new PlaceRow(HERE, "s3", "bucket/b/", 10), null, NEEDED))
        .isInstanceOf(Verdict.Changed.class);
  }

  @Test
  void anotherPlaceOfOursAtTheSameAddressIsElsewhere() {
    assertThat(judge(ROW, mark(US, THERE, 4), NEEDED)).isInstanceOf(Verdict.Elsewhere.class);
    assertThat(judge(ROW, mark(US, THERE, 40), NEEDED)).isInstanceOf(Verdict.Elsewhere.class);
  }

  @Test
  void anotherPlaceOfOursIsTakenWhereNoRowNeedsTheFirst() {
    assertThat(judge(ROW, mark(US, THERE, 4), UNNEEDED)).isInstanceOf(Verdict.Unclaimed.class);
    assertThat(judge(MOVED, mark(US, THERE, 4), UNNEEDED)).isInstanceOf(Verdict.Unclaimed.class);
  }

  private static Verdict judge(@Nullable PlaceRow row, @Nullable Mark mark, Contents contents) {
    Evidence evidence =
        new Evidence(US, Optional.ofNullable(row), Optional.ofNullable(mark), contents);
    return Judgement.judge(evidence, PLACE);
  }

  private static Mark mark(UUID deployment, UUID place, long generation) {
    return new Mark(deployment, place, PlaceKind.OBJECTS, Instant.EPOCH, generation);
  }

  private static PlaceAddress place(String backend, String location) {
    return new PlaceAddress(PlaceKind.OBJECTS, backend, location, "backend", "bucket");
  }
}
