package io.sluice.gateway.file;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What files are accepted.
///
/// @param allowedContentTypes only these types are accepted, `image/png` or `image/*`; empty: all
/// @param deniedContentTypes these are refused
/// @param batchMaxFiles most files in one batch
/// @param batchMaxBytes most bytes in one batch
@ConfigurationProperties("sluice.file")
record FileSettings(
    @DefaultValue List<String> allowedContentTypes,
    @DefaultValue List<String> deniedContentTypes,
    @DefaultValue("100") int batchMaxFiles,
    @DefaultValue("1073741824") long batchMaxBytes) {

  private static final Pattern TYPE = Pattern.compile("[a-z0-9.+-]+/([a-z0-9.+-]+|\\*)");

  FileSettings {
    allowedContentTypes = checked("sluice.file.allowed-content-types", allowedContentTypes);
    deniedContentTypes = checked("sluice.file.denied-content-types", deniedContentTypes);
    if (batchMaxFiles < 1) {
      throw new IllegalArgumentException("sluice.file.batch-max-files must be at least 1");
    }
    if (batchMaxBytes < 1) {
      throw new IllegalArgumentException("sluice.file.batch-max-bytes must be at least 1");
    }
  }

  private static List<String> checked(String property, List<String> types) {
    return types.stream()
        .map(type -> type.strip().toLowerCase(Locale.ROOT))
        .peek(type -> {
          if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException(
                property + " must hold types like image/png or image/*, not " + type);
          }
        })
        .toList();
  }
}
