package io.sluice.gateway.upload;

import io.sluice.gateway.problem.ProblemException;
import io.sluice.model.upload.UploadStatus;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Values of query parameters, each with its rule; whatever breaks it is a 422 that names the parameter.
public final class QueryValue {

  private static final int USUAL_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

  private QueryValue() {}

  /// How many items of a list at once.
  public static int limit(@Nullable String text) {
    return text == null ? USUAL_LIMIT : number("limit", text, 1, MAX_LIMIT);
  }

  static int from(@Nullable String text) {
    return text == null ? 0 : number("from", text, 0, Integer.MAX_VALUE);
  }

  static Optional<UploadStatus> status(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    return Arrays.stream(UploadStatus.values())
        .filter(status -> status.name().equals(text))
        .findFirst()
        .or(() -> {
          throw ProblemException.invalid(
              "status", "must be one of " + Arrays.toString(UploadStatus.values()));
        });
  }

  /// Yes, no, or not said.
  public static Optional<Boolean> flag(String name, @Nullable String text) {
    return switch (text) {
      case null -> Optional.empty();
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> throw ProblemException.invalid(name, "must be true or false");
    };
  }

  private static int number(String name, String text, int least, int most) {
    // Java reads the digits of every script, and a plus.
    if (NUMBER.matcher(text).matches()) {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return (int) value;
      }
    }
    throw ProblemException.invalid(name, "must be a number from " + least + " to " + most);
  }
}
