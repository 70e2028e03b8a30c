package io.sluice.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The broker of `docker-compose.yml` and the embedded one deliver jobs by the same rules.
class ComposeBrokerTest {

  private static final Pattern SETTING =
      Pattern.compile(
          "^ +KAFKA_((?:GROUP_SHARE|SHARE_COORDINATOR|AUTO_CREATE)_[A-Z_]+): \"(.*)\"$",
          Pattern.MULTILINE);

  @Test
  void shareGroupsAreSetUpAlike() throws IOException {
    Map<String, String> embedded = KafkaSettings.of(new KafkaNode("id", 1, 2), Path.of("log"));
    Map<String, String> inContainers = new TreeMap<>();
    Matcher settings = SETTING.matcher(Files.readString(Path.of("..", "docker-compose.yml")));
    while (settings.find()) {
      inContainers.put(
          settings.group(1).toLowerCase(Locale.ROOT).replace('_', '.'), settings.group(2));
    }

    assertThat(embedded).containsAllEntriesOf(inContainers);
    // And nothing that the embedded one sets for share groups is left out.
    assertThat(inContainers.keySet())
        .containsAll(
            embedded.keySet().stream().filter(name -> name.startsWith("group.share.")).toList());
  }
}
