package io.sluice.places;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.embedded.EmbeddedStack;
import io.sluice.storage.local.LocalObjectStore;
import io.sluice.storage.place.Mark;
import io.sluice.storage.place.MarkedPlace;
import io.sluice.storage.place.PlaceAddress;
import io.sluice.storage.place.PlaceKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two databases that find the same place unclaimed.
class ClaimsIT {

  @TempDir Path directory;

  private final Mark theirs =
      new Mark(UUID.randomUUID(), UUID.randomUUID(), PlaceKind.OBJECTS, Instant.EPOCH, 1);

  /// A place that another database claims between the look at it and the writing of the mark.
  private record Contested(MarkedPlace place, Mark theirs) implements MarkedPlace {

    @Override
    public PlaceAddress address() {
      return place.address();
    }

    @Override
    public Optional<Mark> readMark() throws IOException {
      return place.readMark();
    }

    @Override
    public void writeMark(Mark mark) throws IOException {
      place.writeMark(mark);
    }

    @Override
    public boolean writeFirstMark(Mark mark) throws IOException {
      return place.writeFirstMark(mark);
    }

    @Override
    public void prepare() throws IOException {
      place.prepare();
      place.writeMark(theirs);
    }

    @Override
    public Set<UUID> someUploads() throws IOException {
      return place.someUploads();
    }
  }

  @Test
  void whoComesTooLateLeavesTheMarkAndItsRowAlone() throws IOException {
    try (PlacesUnderTest sluice = start()) {
      PlaceRow before = sluice.row(PlaceKind.OBJECTS);

      claims(sluice).claim();

      assertThat(shared(sluice).readMark()).contains(theirs);
      assertThat(sluice.row(PlaceKind.OBJECTS).placeId()).isEqualTo(before.placeId());
      assertThat(sluice.row(PlaceKind.OBJECTS).location()).isEqualTo(before.location());
    }
  }

  @Test
  void whoAdoptsItWritesOverTheMark() throws IOException {
    try (PlacesUnderTest sluice = start()) {
      assertThat(claims(sluice).adopt()).isInstanceOf(Adoption.Adopted.class);

      Mark mark = shared(sluice).readMark().orElseThrow();
      assertThat(mark.deploymentId()).isNotEqualTo(theirs.deploymentId());
      assertThat(mark.placeId()).isEqualTo(sluice.row(PlaceKind.OBJECTS).placeId());
    }
  }

  private Claims claims(PlacesUnderTest sluice) {
    return new Claims(
        new Contested(shared(sluice), theirs),
        new PlaceRows(sluice.jdbc()),
        Clock.systemUTC(),
        sluice.transactions());
  }

  private MarkedPlace shared(PlacesUnderTest sluice) {
    return LocalObjectStore.at(directory.resolve("shared"), sluice.staging())
        .place("backend", "root");
  }

  private PlacesUnderTest start() {
    return PlacesUnderTest.start(
        EmbeddedStack.freshDatabase(), PlacesUnderTest.local(directory.resolve("own")));
  }
}
