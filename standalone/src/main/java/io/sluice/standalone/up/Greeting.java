package io.sluice.standalone.up;

import io.sluice.standalone.instance.DataDirectory;
import io.sluice.standalone.services.ServiceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a person reads when everything runs.
final class Greeting {

  private Greeting() {}

  static List<String> lines(
      String url, Duration taken, DataDirectory directory, Map<String, String> environment) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT, "Sluice listens on %s (ready in %.1f s).", url, taken.toMillis() / 1e3));
    String key = "YOUR-KEY";
    if (ServiceSettings.usesDevelopmentKey(environment)) {
      key = ServiceSettings.DEVELOPMENT_KEY;
      lines.add("");
      lines.add(
          "  *** FOR DEVELOPMENT ONLY: everybody on this machine can use it, as administrator,");
      lines.add(
          "  *** with the well-known key %s (user dev-user). Never expose it.".formatted(key));
    }
    String which = which(directory);
    lines.add("");
    lines.add("  Try      ./sluice demo" + which);
    lines.add("           curl -H 'X-API-Key: %s' %s/v1/uploads".formatted(key, url));
    lines.add("  Read     %s/docs".formatted(url));
    lines.add("  Look     ./sluice status%s, ./sluice logs -f%s".formatted(which, which));
    lines.add("  Data     " + directory.root());
    lines.add("  Stop     Ctrl-C, or ./sluice down" + which);
    return lines;
  }

  /// The other commands look at `./data` unless they are told otherwise.
  private static String which(DataDirectory directory) {
    boolean usual = directory.equals(new DataDirectory(Path.of("data")));
    return usual ? "" : " --data " + directory.root();
  }
}
