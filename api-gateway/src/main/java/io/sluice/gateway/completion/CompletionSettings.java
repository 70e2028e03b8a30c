package io.sluice.gateway.completion;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How patient complete is.
///
/// @param completeWaitSeconds unless the client says otherwise
@ConfigurationProperties("sluice.upload")
record CompletionSettings(@DefaultValue("10") int completeWaitSeconds) {

  /// The longest that a client may ask for.
  static final int LONGEST_SECONDS = 30;

  CompletionSettings {
    if (completeWaitSeconds < 0 || completeWaitSeconds > LONGEST_SECONDS) {
      throw new IllegalArgumentException(
          "sluice.upload.complete-wait-seconds is %d, must be 0 to %d"
              .formatted(completeWaitSeconds, LONGEST_SECONDS));
    }
  }
}
