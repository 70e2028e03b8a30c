package io.sluice.model.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StateDiagramTest {

  /// When the table changes, this test prints the diagram to paste into ARCHITECTURE.md.
  @Test
  void theDiagramInTheArchitectureIsPrintedFromTheTable() throws Exception {
    String births =
        UploadTransitions.BIRTH.stream()
            .sorted()
            .map(status -> "    [*] --> " + status)
            .collect(Collectors.joining("\n"));
    String steps =
        UploadTransitions.TABLE.stream()
            .map(step ->
                "    %s --> %s: %s"
                    .formatted(
                        step.from(),
                        step.to(),
                        step.event().name().toLowerCase(Locale.ROOT).replace('_', ' ')))
            .collect(Collectors.joining("\n"));
    String ends =
        Stream.of(UploadStatus.values())
            .filter(status -> UploadTransitions.TABLE.stream().noneMatch(s -> s.from() == status))
            .map(status -> "    " + status + " --> [*]")
            .collect(Collectors.joining("\n"));
    String diagram = "stateDiagram-v2\n" + births + "\n" + steps + "\n" + ends + "\n";

    assertThat(Files.readString(Path.of("../ARCHITECTURE.md"))).contains(diagram);
  }
}
