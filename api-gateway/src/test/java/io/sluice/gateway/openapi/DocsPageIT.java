package io.sluice.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.testing.Answer;
import io.sluice.gateway.testing.Client;
import io.sluice.gateway.testing.GatewayUnderTest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The page for people.
class DocsPageIT {

  private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

  private final Client stranger = GatewayUnderTest.shared().asStranger();

  @ParameterizedTest
  @ValueSource(strings = {"/docs", "/docs/"})
  void itIsOpenAndMayOnlyUseItsOwnFiles(String path) {
    Answer page = stranger.get(path);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
    assertThat(page.header("Content-Security-Policy"))
        .startsWith("default-src 'none'; script-src 'self';")
        .doesNotContain("http", "unsafe-eval");
    assertThat(REFERENCE.matcher(page.text()).results().map(MatchResult::group))
        .hasSize(5)
        .allMatch(reference -> reference.contains("\"/docs/") || reference.contains("\"/v3/"));
    // The policy allows no script within the page.
    assertThat(page.text()).doesNotContain("<script>");
  }

  @Test
  void allItNeedsIsThere() {
    REFERENCE
        .matcher(stranger.get("/docs").text())
        .results()
        .map(reference -> reference.group(1))
        .forEach(path -> {
          Answer file = stranger.get(path);
          assertThat(file.status()).as(path).isEqualTo(200);
          assertThat(file.bytes()).as(path).isNotEmpty();
          String type = file.header("Content-Type");
          if (path.endsWith(".js")) {
            assertThat(type).startsWith("text/javascript");
          } else if (path.endsWith(".css")) {
            assertThat(type).startsWith("text/css");
          }
        });
    assertThat(stranger.get("/docs/start.js").text()).contains("\"/v3/api-docs\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docs/index.html",
        "/docs/openapi.yaml",
        "/docs/swagger-initializer.js",
        "/docs/nothing",
        "/docs/start.js/x"
      })
  void nothingElseIsThere(String path) {
    Answer answer = stranger.get(path);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.errorCode()).isEqualTo("not_found");
  }
}
