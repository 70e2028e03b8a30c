package io.sluice.gateway.content;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What files are accepted.
///
/// @param allowedContentTypes only these types are accepted, `image/png` or `image/*`; empty: all
/// @param deniedContentTypes these are refused
@ConfigurationProperties("sluice.file")
record ContentSettings(
    @DefaultValue List<String> allowedContentTypes, @DefaultValue List<String> deniedContentTypes) {

  private static final Pattern TYPE = Pattern.compile("[a-z0-9.+-]+/([a-z0-9.+-]+|\\*)");

  ContentSettings {
    allowedContentTypes = checked("sluice.file.allowed-content-types", allowedContentTypes);
    deniedContentTypes = checked("sluice.file.denied-content-types", deniedContentTypes);
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
