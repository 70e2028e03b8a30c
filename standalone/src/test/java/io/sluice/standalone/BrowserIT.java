package io.sluice.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files in a browser: they are saved under their own names, and none of them ever runs a script.
class BrowserIT {

  /// The control page needs a tenth of it.
  private static final int MOST_SECONDS_TO_RUN_A_SCRIPT = 5;

  @TempDir private static Path shared;
  private static RunningSluice sluice;
  private static String base;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws Exception {
    Program.find("chromium", shared);
    sluice = new RunningSluice(shared);
    base = sluice.up();
  }

  @AfterAll
  static void stop() throws Exception {
    if (sluice != null) {
      sluice.run("down");
      sluice.close();
    }
  }

  @Test
  void aFileIsSavedUnderItsOwnName() throws Exception {
    byte[] bytes = "Привет, мир\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
    String file = new FileSender(base).send("Отчёт «за май» 'итог' 100%.txt", bytes);

    try (SigningFront front = new SigningFront(base)) {
      Path saved = download(front, file);

      assertThat(saved.getFileName()).hasToString("Отчёт «за май» 'итог' 100%.txt");
      assertThat(saved).hasBinaryContent(bytes);
    }
  }

  /// Double quotes would end the name in a careless header; browsers keep them out of names of files.
  @Test
  void aNameWithDoubleQuotesIsSavedWhole() throws Exception {
    String file = new FileSender(base).send("Пьеса \"Чайка\"; filename=evil.exe", new byte[100]);

    try (SigningFront front = new SigningFront(base)) {
      Path saved = download(front, file);

      assertThat(saved.getFileName()).hasToString("Пьеса _Чайка_; filename=evil.exe");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"page.html", "picture.svg", "page.xhtml", "page.txt"})
  void aFileNeverRunsAScript(String name) throws Exception {
    String script = SigningFront.SCRIPT.formatted(name);
    String content =
        switch (name) {
          case "picture.svg" ->
              "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>" + script + "</script></svg>";
          case "page.xhtml" ->
              "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><script>"
                  + script
                  + "</script></head></html>";
          default -> "<!DOCTYPE html><html><script>" + script + "</script></html>";
        };
    String file = new FileSender(base).send(name, content.getBytes(StandardCharsets.UTF_8));

    try (SigningFront front = new SigningFront(base)) {
      // The browser that is used here does run scripts, and we would see it.
      Program chromium = Program.find("chromium", directory);
      chromium.run(arguments("--dump-dom", front.address("/page")));
      assertThat(front.ran()).containsExactly("control");

      // An address that is a download leaves the browser with no page to show, and it may stay.
      String path = file.substring(base.length());
      Process browser = chromium.start(arguments("--dump-dom", front.address(path)));
      try {
        await().atMost(Duration.ofSeconds(60)).until(() -> front.asked().contains(path));
        var _ = browser.waitFor(MOST_SECONDS_TO_RUN_A_SCRIPT, TimeUnit.SECONDS);
      } finally {
        browser.destroy();
        browser.waitFor();
      }
      assertThat(front.ran()).containsExactly("control");
    }
  }

  private String[] arguments(String... more) {
    return Stream.concat(
            Stream.of(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--virtual-time-budget=3000",
                "--user-data-dir=" + directory.resolve("profile")),
            Stream.of(more))
        .toArray(String[]::new);
  }

  /// Opens a file's address, and waits until it is saved.
  private Path download(SigningFront front, String file) throws Exception {
    Path downloads = Files.createDirectories(directory.resolve("downloads"));
    Path profile = Files.createDirectories(directory.resolve("profile/Default"));
    Files.writeString(
        profile.resolve("Preferences"),
        "{\"download\":{\"default_directory\":\"%s\",\"prompt_for_download\":false}}"
            .formatted(downloads));
    Process chromium =
        Program.find("chromium", directory)
            .start(
                Stream.of(arguments(front.address(file.substring(base.length()))))
                    .filter(argument -> !argument.startsWith("--virtual-time-budget"))
                    .toArray(String[]::new));
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() ->
              assertThat(list(downloads))
                  .singleElement()
                  .asString()
                  .doesNotEndWith(".crdownload")
                  .doesNotContain(".org.chromium"));
      return list(downloads).getFirst();
    } finally {
      chromium.destroy();
      chromium.waitFor();
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}
