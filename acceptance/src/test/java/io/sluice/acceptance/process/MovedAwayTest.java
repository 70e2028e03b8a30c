package io.sluice.acceptance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovedAwayTest {

  @TempDir Path directory;
  private Path place;

  @BeforeEach
  void fill() throws IOException {
    place = Files.createDirectory(directory.resolve("staging"));
    Files.writeString(place.resolve("file"), "bytes");
  }

  @Test
  void itIsAwayAndThenWhereItWas() throws IOException {
    try (MovedAway _ = MovedAway.from(place)) {
      assertThat(place).doesNotExist();
    }

    assertThat(place.resolve("file")).hasContent("bytes");
    assertThat(names()).containsExactly("staging");
  }

  @Test
  void whatWasMadeInItsPlaceIsHiddenAndNotMixedIn() throws IOException {
    try (MovedAway _ = MovedAway.from(place)) {
      Files.createDirectory(place);
      Files.writeString(place.resolve("other"), "other bytes");
    }

    assertThat(place.resolve("file")).hasContent("bytes");
    assertThat(place.resolve("other")).doesNotExist();
    assertThat(names()).hasSize(2).anyMatch(name -> name.startsWith("staging-made-anew-"));
  }

  @Test
  void whatIsNotThereCannotBeMovedAway() {
    assertThatThrownBy(() -> MovedAway.from(directory.resolve("nothing")))
        .isInstanceOf(IOException.class);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }
}
