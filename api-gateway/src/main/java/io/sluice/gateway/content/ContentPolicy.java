package io.sluice.gateway.content;

import io.sluice.gateway.problem.ProblemException;
import io.sluice.model.problem.ProblemCode;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/// Tells the type of a file from its first bytes and its name, and refuses what the operator refuses.
/// The client's word for the type is never kept: it could dress a page up as a picture.
@Component
public final class ContentPolicy {

  /// How much of a file's begin is looked at.
  public static final int HEAD_BYTES = 8 << 10;

  /// The type of a file that nothing is known of.
  public static final String UNKNOWN = "application/octet-stream";

  private final ContentTypes types = new ContentTypes();
  private final ContentSettings settings;

  ContentPolicy(ContentSettings settings) {
    this.settings = settings;
  }

  /// The type to keep.
  ///
  /// @param head the file's first bytes, [#HEAD_BYTES] if it has so many
  /// @throws ProblemException 415: the type is not accepted
  public String accept(String fileName, byte[] head) {
    String type = head.length == 0 ? UNKNOWN : types.of(head, fileName);
    check(type);
    return type;
  }

  /// Refuses a file that its own client calls something that is not accepted. A name refuses nothing: what
  /// it seems to say is overruled by the bytes.
  ///
  /// @param declaredType with or without parameters
  /// @throws ProblemException 415
  public void checkDeclared(String declaredType) {
    check(declaredType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
  }

  /// Whether any type is refused, so that the bytes must tell.
  public boolean isRestricted() {
    return !settings.allowedContentTypes().isEmpty() || !settings.deniedContentTypes().isEmpty();
  }

  private void check(String type) {
    List<String> allowed = settings.allowedContentTypes();
    boolean denied =
        (!allowed.isEmpty() && !matchesAny(allowed, type))
            || matchesAny(settings.deniedContentTypes(), type);
    if (denied) {
      throw new ProblemException(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Files of type " + type + " are not accepted here.");
    }
  }

  /// `image/png`, or `image/*`.
  private static boolean matchesAny(List<String> patterns, String type) {
    return patterns.stream()
        .anyMatch(pattern ->
            pattern.endsWith("/*")
                ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(type));
  }
}
