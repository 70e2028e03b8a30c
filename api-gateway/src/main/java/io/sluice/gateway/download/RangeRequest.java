package io.sluice.gateway.download;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a `Range` header asks of a file of a known size, RFC 9110 section 14.
sealed interface RangeRequest {

  /// More ranges than this in one request get the whole file.
  int MAX_RANGES = 16;

  /// No range, or one that the server may ignore: malformed, another unit, too many.
  record Whole() implements RangeRequest {}

  /// One range or several, in the order they were asked for.
  record Parts(List<ByteRange> ranges) implements RangeRequest {
    public Parts {
      ranges = List.copyOf(ranges);
    }
  }

  /// Every range lies outside the file.
  record Unsatisfiable() implements RangeRequest {}

  /// Reads a header.
  static RangeRequest of(@Nullable String header, long fileSizeBytes) {
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith("bytes=")) {
      return new Whole();
    }
    // The limit keeps trailing empty members, which are legal list syntax and mean nothing.
    String[] members = header.substring("bytes=".length()).split(",", -1);
    List<ByteRange> ranges = new ArrayList<>();
    boolean any = false;
    for (String member : members) {
      String spec = member.strip();
      if (spec.isEmpty()) {
        continue;
      }
      Optional<Spec> read = Spec.read(spec);
      if (read.isEmpty()) {
        return new Whole();
      }
      any = true;
      read.get().resolve(fileSizeBytes).ifPresent(ranges::add);
    }
    if (!any) {
      return new Whole();
    }
    if (ranges.isEmpty()) {
      return new Unsatisfiable();
    }
    return worthAnswering(ranges, fileSizeBytes) ? new Parts(ranges) : new Whole();
  }

  /// Many ranges, or ranges that overlap so that they add up to more than the file, cost more than the
  /// file and are how servers are attacked (RFC 9110 section 17.15).
  private static boolean worthAnswering(List<ByteRange> ranges, long fileSizeBytes) {
    long sum = ranges.stream().mapToLong(ByteRange::lengthBytes).sum();
    return ranges.size() == 1 || (ranges.size() <= MAX_RANGES && sum <= fileSizeBytes);
  }

  /// One member of the list before the size is known: `first-last`, `first-`, or `-suffix` (first is -1).
  record Spec(long first, long last) {

    static Optional<Spec> read(String spec) {
      int dash = spec.indexOf('-');
      if (dash < 0 || !digits(spec.substring(0, dash)) || !digits(spec.substring(dash + 1))) {
        return Optional.empty();
      }
      String from = spec.substring(0, dash);
      String to = spec.substring(dash + 1);
      if (from.isEmpty()) {
        return to.isEmpty() ? Optional.empty() : Optional.of(new Spec(-1, number(to)));
      }
      long first = number(from);
      long last = to.isEmpty() ? Long.MAX_VALUE : number(to);
      return last < first ? Optional.empty() : Optional.of(new Spec(first, last));
    }

    Optional<ByteRange> resolve(long fileSizeBytes) {
      if (fileSizeBytes == 0) {
        return Optional.empty();
      }
      if (first == -1) {
        return last == 0
            ? Optional.empty()
            : Optional.of(new ByteRange(Math.max(0, fileSizeBytes - last), fileSizeBytes - 1));
      }
      return first >= fileSizeBytes
          ? Optional.empty()
          : Optional.of(new ByteRange(first, Math.min(last, fileSizeBytes - 1)));
    }

    private static boolean digits(String text) {
      return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// Numbers past the range of a long lie past the end of every file.
    private static long number(String digits) {
      try {
        return Long.parseLong(digits);
      } catch (NumberFormatException e) {
        return Long.MAX_VALUE;
      }
    }
  }
}
