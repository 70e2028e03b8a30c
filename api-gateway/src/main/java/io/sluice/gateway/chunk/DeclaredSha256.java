package io.sluice.gateway.chunk;

import io.sluice.gateway.problem.ProblemException;
import io.sluice.model.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The SHA-256 that a client says its body has: `X-Chunk-SHA256` in hex, or `Content-Digest` or
/// `Repr-Digest` as RFC 9530, sections 2 and 3, have it. A chunk is sent as it is, so the two mean the same.
///
/// Digests by other algorithms are ignored, as RFC 9530 allows; one that cannot be read is refused, since
/// its sender believes that it is compared.
final class DeclaredSha256 {

  private static final String HEX_HEADER = "X-Chunk-SHA256";
  private static final List<String> DIGEST_HEADERS = List.of("Content-Digest", "Repr-Digest");

  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

  /// One member of a dictionary (RFC 9651, section 3.2) whose value is a byte sequence; parameters are
  /// allowed and mean nothing here.
  private static final Pattern MEMBER =
      Pattern.compile(
          "[ \\t]*([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/=]*):(?:;[ ]*[^,;]*)*[ \\t]*(,|$)");

  private static final int SHA256_BYTES = 32;

  private DeclaredSha256() {}

  /// The digest in lower-case hex, or empty where none was declared.
  ///
  /// @throws ProblemException 400: it cannot be read, or two contradict each other
  static Optional<String> of(HttpServletRequest request) {
    Set<String> found = new HashSet<>();
    for (String value : Collections.list(request.getHeaders(HEX_HEADER))) {
      found.add(hex(value.strip()));
    }
    for (String header : DIGEST_HEADERS) {
      List<String> values = Collections.list(request.getHeaders(header));
      if (!values.isEmpty()) {
        // Several lines of one field are one dictionary.
        addSha256(header, String.join(",", values), found);
      }
    }
    if (found.size() > 1) {
      throw malformed("The request declares different SHA-256 digests.");
    }
    return found.stream().findFirst();
  }

  private static String hex(String value) {
    if (!HEX.matcher(value).matches()) {
      throw malformed(HEX_HEADER + " must be 64 hexadecimal digits.");
    }
    return value.toLowerCase(Locale.ROOT);
  }

  private static void addSha256(String header, String dictionary, Set<String> found) {
    Matcher member = MEMBER.matcher(dictionary);
    int at = 0;
    boolean more = true;
    while (more) {
      if (!member.find(at) || member.start() != at) {
        throw malformed(header + " is not a dictionary of digests as RFC 9530 has it.");
      }
      if (member.group(1).equals("sha-256")) {
        found.add(base64(header, member.group(2)));
      }
      at = member.end();
      more = !member.group(3).isEmpty();
    }
  }

  private static String base64(String header, String value) {
    try {
      byte[] digest = Base64.getDecoder().decode(value);
      if (digest.length == SHA256_BYTES) {
        return HexFormat.of().formatHex(digest);
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw malformed(header + " holds a sha-256 that is not 32 bytes in base64.");
  }

  private static ProblemException malformed(String detail) {
    return new ProblemException(ProblemCode.MALFORMED_REQUEST, detail);
  }
}
