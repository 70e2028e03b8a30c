package io.sluice.standalone.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class UpOptionsTest {

  @Test
  void theDefaultsAreThoseOfTheDocumentation() {
    UpOptions options = parsed();

    assertThat(options.port()).isEqualTo(8080);
    assertThat(options.directory().root()).isEqualTo(Path.of("data").toAbsolutePath());
    assertThat(options.storage()).isEqualTo(UpOptions.Storage.LOCAL);
    assertThat(options.separate()).isFalse();
    assertThat(options.detach()).isFalse();
    assertThatCode(options::check).doesNotThrowAnyException();
  }

  @Test
  void theProcessThatStaysGetsEverythingButDetach() {
    UpOptions options =
        parsed(
            "--port",
            "0",
            "--data",
            "d",
            "--storage",
            "s3",
            "--separate",
            "--workers",
            "3",
            "--detach");

    assertThat(options.withoutDetach())
        .containsExactly(
            "--port",
            "0",
            "--data",
            Path.of("d").toAbsolutePath().toString(),
            "--storage",
            "s3",
            "--separate",
            "--workers",
            "3");
  }

  @ParameterizedTest
  @CsvSource({
    "--port=65536,--port",
    "--port=-1,--port",
    "--workers=0,--workers",
    "--workers=33,--workers"
  })
  void whatIsOutOfRangeIsRefusedByItsName(String argument, String name) {
    assertThatThrownBy(() -> parsed(argument, "--separate").check())
        .isInstanceOf(UpException.class)
        .hasMessageContaining(name);
  }

  @Test
  void moreWorkersWithoutSeparateAreRefused() {
    assertThatThrownBy(() -> parsed("--workers", "3").check()).hasMessageContaining("--separate");
  }

  private static UpOptions parsed(String... arguments) {
    UpOptions options = new UpOptions();
    new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    return options;
  }
}
