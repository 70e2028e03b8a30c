package io.sluice.coordination;

import io.sluice.coordination.link.RedisAddress;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where Redis is and how long it may take.
///
/// @param url `redis://[user:password@]host[:port][/database]`, `rediss://` for TLS
/// @param keyPrefix what every key and channel starts with
/// @param commandTimeout the longest a request may wait for Redis; paid once when it goes away
/// @param connectTimeout the longest making a connection may take, in the background
/// @param inflightLease how long the requests of a gateway that died are still counted
@ConfigurationProperties("sluice.redis")
record RedisSettings(
    @DefaultValue("redis://127.0.0.1:6379") String url,
    @DefaultValue("sluice") String keyPrefix,
    @DefaultValue("150ms") Duration commandTimeout,
    @DefaultValue("1s") Duration connectTimeout,
    @DefaultValue("15s") Duration inflightLease) {

  RedisSettings {
    RedisAddress.parse(url);
    if (!keyPrefix.matches("[a-zA-Z0-9._-]{1,100}")) {
      throw new IllegalArgumentException(
          "sluice.redis.key-prefix must be 1 to 100 of a-z, A-Z, 0-9, '.', '_', '-'");
    }
    range("command-timeout", commandTimeout, Duration.ofMillis(10), Duration.ofSeconds(10));
    range("connect-timeout", connectTimeout, Duration.ofMillis(10), Duration.ofSeconds(30));
    range("inflight-lease", inflightLease, Duration.ofSeconds(1), Duration.ofMinutes(5));
  }

  private static void range(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "sluice.redis." + name + " is " + value + ", must be " + least + " to " + most);
    }
  }

  /// Without the url, which may hold a password.
  @Override
  public String toString() {
    return "RedisSettings[" + RedisAddress.parse(url) + ", " + keyPrefix + "]";
  }
}
