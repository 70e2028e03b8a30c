package io.sluice.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.storage.object.ObjectEntry;
import io.sluice.storage.object.ObjectKeys;
import io.sluice.storage.place.Mark;
import io.sluice.storage.place.MarkUnreadableException;
import io.sluice.storage.place.MarkedPlace;
import io.sluice.storage.place.PlaceKind;
import io.sluice.storage.staging.StagedEntry;
import io.sluice.storage.staging.StagingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPlaceTest {

  @TempDir Path temporary;

  private final Mark mark =
      new Mark(UUID.randomUUID(), UUID.randomUUID(), PlaceKind.STAGING, Instant.EPOCH, 7);

  @Test
  void aDirectoryThatIsNotThereHasNoMarkAndHoldsNothing() throws IOException {
    MarkedPlace place = staging().place("backend", "root");

    assertThat(place.readMark()).isEmpty();
    assertThat(place.someUploads()).isEmpty();
    assertThat(root()).doesNotExist();
  }

  @Test
  void aMarkIsWrittenWhereAPlaceWasPrepared() throws IOException {
    MarkedPlace place = staging().place("backend", "root");
    place.prepare();
    place.writeMark(mark);
    place.writeMark(mark.at(8));

    assertThat(place.readMark()).contains(mark.at(8));
    try (Stream<Path> files = Files.list(root().resolve(".sluice"))) {
      assertThat(files).containsExactly(root().resolve(".sluice/place.json"));
    }
  }

  @Test
  void aFirstMarkIsNeverWrittenOverAnother() throws IOException {
    MarkedPlace place = staging().place("backend", "root");
    place.prepare();
    Mark other = new Mark(UUID.randomUUID(), UUID.randomUUID(), mark.kind(), Instant.EPOCH, 1);

    assertThat(place.writeFirstMark(mark)).isTrue();
    assertThat(place.writeFirstMark(other)).isFalse();

    assertThat(place.readMark()).contains(mark);
    try (Stream<Path> files = Files.list(root().resolve(".sluice"))) {
      assertThat(files).containsExactly(root().resolve(".sluice/place.json"));
    }
  }

  /// A volume that went away between the look and the writing must not leave its mark beside it.
  @Test
  void aMarkIsNotWrittenWhereThePlaceIsGone() throws IOException {
    Files.createDirectories(root());

    assertThatThrownBy(() -> staging().place("backend", "root").writeMark(mark))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> staging().place("backend", "root").writeFirstMark(mark))
        .isInstanceOf(NoSuchFileException.class);
    try (Stream<Path> files = Files.list(root())) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aDamagedMarkIsNotNoMark() throws IOException {
    MarkedPlace place = staging().place("backend", "root");
    place.prepare();
    Files.writeString(root().resolve(Mark.KEY), "");

    assertThatThrownBy(place::readMark).isInstanceOf(MarkUnreadableException.class);
    Files.writeString(root().resolve(Mark.KEY), " ".repeat(1 << 20) + mark.json());
    assertThatThrownBy(place::readMark).isInstanceOf(MarkUnreadableException.class);
  }

  @Test
  void theMarkIsNeitherStagedNorAnObject() throws IOException {
    LocalStagingStore staging = staging();
    staging.place("backend", "root").prepare();
    staging.place("backend", "root").writeMark(mark);
    LocalObjectStore objects = LocalObjectStore.at(temporary, staging);
    objects.place("backend", "root").prepare();
    objects.place("backend", "root").writeMark(mark);

    List<StagedEntry> staged = new ArrayList<>();
    staging.forEach(staged::add);
    List<ObjectEntry> stored = new ArrayList<>();
    objects.forEachObject(stored::add);
    assertThat(staged).isEmpty();
    assertThat(stored).isEmpty();
  }

  @Test
  void bytesTellWhoseTheyAre() throws IOException {
    LocalStagingStore staging = staging();
    MarkedPlace place = staging.place("backend", "root");
    place.prepare();
    UUID upload = UUID.randomUUID();
    Files.createFile(root().resolve(StagingKey.next(upload, 3).toString()));
    Files.createFile(root().resolve("0/strange"));
    LocalObjectStore objects = LocalObjectStore.at(temporary, staging);
    objects.place("backend", "root").prepare();
    Files.createFile(temporary.resolve("objects").resolve(ObjectKeys.forUpload(upload)));

    assertThat(place.someUploads()).containsExactly(upload);
    assertThat(objects.place("backend", "root").someUploads()).containsExactly(upload);
  }

  private LocalStagingStore staging() {
    return LocalStagingStore.at(root(), 0);
  }

  private Path root() {
    return temporary.resolve("staging");
  }
}
