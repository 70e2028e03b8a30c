package io.sluice.bench.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// One answer. Of a long body only its beginning is kept, but all of it was read.
///
/// @param headers by their names in lower case
/// @param start the first bytes of the body
/// @param bodyBytes how many there were
/// @param crc32c of all of them
@SuppressWarnings("ArrayRecordComponent") // Read once and never compared.
public record Answer(
    int status, Map<String, String> headers, byte[] start, long bodyBytes, int crc32c) {

  /// A header's value.
  public Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName));
  }

  /// The beginning of the body as text.
  public String text() {
    return new String(start, StandardCharsets.UTF_8);
  }
}
