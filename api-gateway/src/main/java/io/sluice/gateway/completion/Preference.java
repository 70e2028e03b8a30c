package io.sluice.gateway.completion;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a client prefers, RFC 7240: `respond-async` (section 4.1) and `wait` (section 4.3).
///
/// @param patience how long to wait for the end; nothing if the answer should come at once
record Preference(Duration patience) {

  private static final Pattern WAIT = Pattern.compile("wait[ \\t]*=[ \\t]*\"?([0-9]{1,9})\"?");

  /// Reads all `Prefer` lines. What cannot be understood is ignored, as section 2 asks; of a preference
  /// given twice the first counts.
  static Preference of(List<String> lines, Duration usual) {
    for (String line : lines) {
      for (String part : line.split(",", -1)) {
        String preference = part.strip().toLowerCase(Locale.ROOT);
        // Parameters of a preference mean nothing here.
        int semicolon = preference.indexOf(';');
        String name = semicolon < 0 ? preference : preference.substring(0, semicolon).strip();
        if (name.equals("respond-async")) {
          return new Preference(Duration.ZERO);
        }
        Matcher wait = WAIT.matcher(name);
        if (wait.matches()) {
          return new Preference(bounded(Long.parseLong(wait.group(1))));
        }
      }
    }
    return new Preference(usual);
  }

  private static Duration bounded(long seconds) {
    return Duration.ofSeconds(Math.min(seconds, CompletionSettings.LONGEST_SECONDS));
  }
}
