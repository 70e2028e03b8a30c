package io.sluice.model.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProblemDocumentationTest {

  private static final Path PAGE = Path.of("../docs/errors.md");

  @Test
  void everyProblemIsDocumentedWithItsStatus() throws Exception {
    Map<String, Integer> documented = new TreeMap<>();
    Pattern row = Pattern.compile("^\\| `([a-z_]+)` \\| (\\d{3}) \\|");
    for (String line : Files.readAllLines(PAGE)) {
      Matcher found = row.matcher(line);
      if (found.find()) {
        documented.put(found.group(1), Integer.valueOf(found.group(2)));
      }
    }

    Map<String, Integer> catalogue =
        Arrays.stream(ProblemCode.values())
            .collect(Collectors.toMap(ProblemCode::wire, ProblemCode::status));
    assertThat(documented).isEqualTo(new TreeMap<>(catalogue));
  }

  @Test
  void everyThrottleReasonIsDocumented() throws Exception {
    TreeSet<String> documented = new TreeSet<>();
    Pattern row = Pattern.compile("^\\| `([a-z_]+)` \\| [^\\d]");
    for (String line : Files.readAllLines(PAGE)) {
      Matcher found = row.matcher(line);
      if (found.find()) {
        documented.add(found.group(1));
      }
    }

    assertThat(documented)
        .isEqualTo(
            Arrays.stream(ThrottleReason.values())
                .map(ThrottleReason::wire)
                .collect(Collectors.toCollection(TreeSet::new)));
  }
}
