package io.sluice.embedded.s3proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3OptionsTest {

  private static final Map<String, String> SECRET = Map.of(S3Options.SECRET_KEY, "secret");

  @Test
  void everythingIsTakenFromTheCommandLineButTheSecret() {
    assertThat(parse("--data /d --port 9000 --bucket b --access-key a", SECRET))
        .isEqualTo(new S3Options(Path.of("/d"), 9000, "b", "a", "secret"));
  }

  @ParameterizedTest
  @CsvSource({
    "--data /d --port 9000 --bucket b, --access-key",
    "--data /d --port 9000 --bucket b --access-key a --secret-key s, --secret-key",
    "--data /d --port 9000 --bucket b --access-key, --access-key"
  })
  void whatIsMissingOrUnknownIsNamed(String line, String named) {
    assertThatThrownBy(() -> parse(line, SECRET))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }

  @Test
  void withoutASecretThereIsNoServer() {
    assertThatThrownBy(() -> parse("--data /d --port 9000 --bucket b --access-key a", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(S3Options.SECRET_KEY);
  }

  private static S3Options parse(String line, Map<String, String> environment) {
    return S3Options.parse(line.split(" ", -1), environment);
  }
}
