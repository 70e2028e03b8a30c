package io.sluice.standalone.instance;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// What a member does.
public enum Role {
  /// Takes files in over HTTP.
  @JsonProperty("gateway")
  GATEWAY,
  /// Moves bytes into the store.
  @JsonProperty("worker")
  WORKER,
  /// Repairs and clears away.
  @JsonProperty("reaper")
  REAPER,
  /// The truth.
  @JsonProperty("postgres")
  POSTGRES,
  /// The queue.
  @JsonProperty("kafka")
  KAFKA,
  /// The fleet's counters.
  @JsonProperty("redis")
  REDIS,
  /// The object store of `--storage s3`.
  @JsonProperty("s3")
  S3;

  /// Whether it is one of ours, which says at `/health/ready` how it is.
  public boolean isService() {
    return this == GATEWAY || this == WORKER || this == REAPER;
  }

  /// The word people see.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
