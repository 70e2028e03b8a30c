package io.sluice.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.standalone.SluiceProgram.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person sees of places that are not there, or not those of the data.
class PlacesIT {

  @TempDir private Path directory;

  @Test
  void aPlaceThatIsNotThereIsSaidAndHealsAndAChangedSettingIsRefused() throws Exception {
    Path objects = directory.resolve("data/storage/objects");
    Path volume = directory.resolve("volume");
    try (RunningSluice sluice = new RunningSluice(directory)) {
      new FileSender(sluice.up()).send("a.bin", new byte[100]);
      assertThat(sluice.run("status").code()).isZero();
      assertThat(sluice.run("down").code()).isZero();

      Files.move(objects, volume);
      Files.createDirectory(objects);
      sluice.up();
      Ending status = sluice.run("status");
      assertThat(status.code()).isEqualTo(1);
      assertThat(status.answer()).contains("degraded: ", "objects has no mark", "is it mounted");
      assertThat(objects).isEmptyDirectory();

      Ending adopted = sluice.run("adopt", "objects");
      assertThat(adopted.code()).as(adopted.talk()).isZero();
      assertThat(adopted.answer()).contains("objects: local", "is ours");
      assertThat(sluice.run("status").code()).isZero();
      assertThat(sluice.run("down").code()).isZero();
    }

    for (String mode : new String[] {"--workers=1", "--separate"}) {
      Ending refused = upElsewhere(mode);
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.talk().lines())
          .as(refused.talk())
          .singleElement()
          .asString()
          .startsWith("Sluice does not start: ")
          .contains("sluice.storage.root (STORAGE_ROOT)", "rows name bytes in local");
    }
  }

  private Ending upElsewhere(String mode) throws IOException, InterruptedException {
    return new SluiceProgram(
            directory, Map.of("STORAGE_ROOT", directory.resolve("elsewhere").toString()))
        .run("up", "--port", "0", "--data", directory.resolve("data").toString(), mode);
  }
}
