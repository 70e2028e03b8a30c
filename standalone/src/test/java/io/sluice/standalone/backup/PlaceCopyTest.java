package io.sluice.standalone.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceCopyTest {

  @TempDir private Path directory;
  private Path place;
  private PlaceCopy copying;

  @BeforeEach
  void aPlace() throws IOException {
    place = Files.createDirectories(directory.resolve("place"));
    copying = new PlaceCopy(place, directory.resolve("copy"));
  }

  @Test
  void filesKeepTheirNamesBytesAndTimes() throws Exception {
    Files.createDirectories(place.resolve("0a/object"));
    Path file = Files.writeString(place.resolve("0a/object/3"), "chunk");
    FileTime time = FileTime.from(Instant.parse("2026-01-02T03:04:05Z"));
    Files.setLastModifiedTime(file, time);
    Files.createDirectory(place.resolve(".sluice"));
    Files.writeString(place.resolve(".sluice/place.json"), "{\"generation\": 41}");

    PlaceCopy.Size size = copying.run();

    assertThat(size.files()).isEqualTo(2);
    assertThat(copying.to().resolve("0a/object/3")).hasContent("chunk");
    assertThat(Files.getLastModifiedTime(copying.to().resolve("0a/object/3"))).isEqualTo(time);
    assertThat(PlaceMark.generation(copying.to())).isEqualTo(41);
  }

  /// An S3 server makes the object, then drops the parts: a copy that had passed the one and not reached the others would
  /// have neither.
  @Test
  void whatWasJoinedUnderItsEyesIsFoundInTheSecondRound() throws Exception {
    Path part = Files.writeString(place.resolve("part-1"), "bytes");
    copying.round();
    Files.delete(copying.to().resolve("part-1"));
    Files.writeString(place.resolve("object"), "bytes");
    Files.delete(part);

    copying.run();

    assertThat(copying.to().resolve("object")).hasContent("bytes");
  }

  /// The first round came upon it while it was being written.
  @Test
  void aFileThatGrewSinceTheFirstRoundIsCopiedAgain() throws Exception {
    Path growing = Files.writeString(place.resolve("growing"), "by");
    Path changed = Files.writeString(place.resolve("changed"), "first");
    Files.setLastModifiedTime(changed, FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
    copying.round();
    Files.writeString(growing, "bytes");
    Files.writeString(changed, "later");

    copying.round();

    assertThat(copying.to().resolve("growing")).hasContent("bytes");
    assertThat(copying.to().resolve("changed")).hasContent("later");
  }

  @Test
  void whatIsCopiedWholeIsNotCopiedAgain() throws Exception {
    Files.writeString(place.resolve("whole"), "bytes");
    copying.round();
    Object first = Files.getAttribute(copying.to().resolve("whole"), "unix:ino");

    copying.round();

    assertThat(Files.getAttribute(copying.to().resolve("whole"), "unix:ino")).isEqualTo(first);
  }

  @Test
  void aPlaceThatWasNeverUsedIsAnEmptyDirectory() throws Exception {
    Files.delete(place);

    assertThat(copying.run()).isEqualTo(new PlaceCopy.Size(0, 0));
    assertThat(copying.to()).isEmptyDirectory();
  }

  @Test
  void linksOutOfThePlaceAreNotFollowed() throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "x");
    Files.createSymbolicLink(place.resolve("link"), secret);

    assertThat(copying.run().files()).isZero();
  }

  @Test
  void aMarkThatIsNoneIsRefused() throws Exception {
    Files.createDirectory(place.resolve(".sluice"));
    Files.writeString(place.resolve(".sluice/place.json"), "{\"generation\": \"x\"}");

    assertThatThrownBy(() -> PlaceMark.generation(place)).isInstanceOf(BackupException.class);
    assertThat(PlaceMark.generation(directory)).isNull();
  }
}
