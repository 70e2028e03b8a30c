package io.sluice.gateway.file;

import io.sluice.gateway.problem.ProblemException;
import io.sluice.model.problem.ProblemCode;
import java.io.IOException;
import org.apache.tika.Tika;
import org.springframework.stereotype.Component;

/// Tells the type of a file from its first bytes and its name, and refuses what the operator refuses.
/// The client's word for the type is never used: it could dress a page up as a picture.
@Component
final class ContentPolicy {

  private final Tika tika = new Tika();
  private final FileSettings settings;

  ContentPolicy(FileSettings settings) {
    this.settings = settings;
  }

  /// The type to keep.
  ///
  /// @throws ProblemException the type is not accepted
  String accept(NewFile file, byte[] head) throws IOException {
    String type =
        head.length == 0 ? "application/octet-stream" : tika.detect(head, file.fileName());
    boolean allowed =
        settings.allowedContentTypes().isEmpty()
            || settings.allowedContentTypes().stream().anyMatch(pattern -> matches(pattern, type));
    boolean denied =
        settings.deniedContentTypes().stream().anyMatch(pattern -> matches(pattern, type));
    if (!allowed || denied) {
      throw new ProblemException(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Files of type " + type + " are not accepted here.");
    }
    return type;
  }

  /// `image/png`, or `image/*`.
  private static boolean matches(String pattern, String type) {
    return pattern.endsWith("/*")
        ? type.startsWith(pattern.substring(0, pattern.length() - 1))
        : pattern.equals(type);
  }
}
