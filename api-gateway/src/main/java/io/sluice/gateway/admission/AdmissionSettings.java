package io.sluice.gateway.admission;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How much at once.
///
/// @param maxInflightChunksPerUpload chunk requests in progress on one upload, over all gateways; 0
///     refuses all
/// @param maxGlobalInflightChunks the same on all uploads
/// @param taskQueueMaxsize jobs waiting for workers; with so many or more no chunk is taken; 0 refuses all
/// @param apiRateLimitPerMinute requests of one API key; 0 is no limit
/// @param waitMillis how long a request over a limit waits for room before it is refused
@ConfigurationProperties("sluice.admission")
record AdmissionSettings(
    @DefaultValue("8") int maxInflightChunksPerUpload,
    @DefaultValue("128") int maxGlobalInflightChunks,
    @DefaultValue("512") int taskQueueMaxsize,
    @DefaultValue("0") int apiRateLimitPerMinute,
    @DefaultValue("2000") int waitMillis) {

  private static final int MOST = 1_000_000;

  AdmissionSettings {
    check("max-inflight-chunks-per-upload", maxInflightChunksPerUpload, MOST);
    check("max-global-inflight-chunks", maxGlobalInflightChunks, MOST);
    check("task-queue-maxsize", taskQueueMaxsize, MOST);
    check("api-rate-limit-per-minute", apiRateLimitPerMinute, MOST);
    check("wait-millis", waitMillis, 60_000);
  }

  private static void check(String name, int value, int most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(
          "sluice.admission.%s is %d, must be 0 to %d".formatted(name, value, most));
    }
  }
}
