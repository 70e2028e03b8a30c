package io.sluice.acceptance.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class InvariantsDocumentTest {

  private static final Path DOCUMENT = Path.of("../INVARIANTS.md");
  private static final Pattern ENTRY =
      Pattern.compile("- \\*\\*([a-z0-9-]+)\\*\\*: (.+)\n  Enforced by: (.+)\\.\n");

  @Test
  void thePageListsWhatTheAuditorChecksInItsOrder() throws IOException {
    List<MatchResult> entries = ENTRY.matcher(Files.readString(DOCUMENT)).results().toList();

    assertThat(entries)
        .extracting(entry -> entry.group(1) + ": " + entry.group(2))
        .containsExactlyElementsOf(
            Auditor.INVARIANTS.stream().map(i -> i.name() + ": " + i.sentence()).toList());
    assertThat(entries).allSatisfy(entry -> assertThat(entry.group(3)).isNotBlank());
  }
}
