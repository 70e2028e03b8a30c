package io.sluice.coordination.link;

import java.time.Duration;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.redisson.config.SingleServerConfig;

/// How Redisson is set up here: few connections and threads, no retries, short timeouts, and no watchdog,
/// because nothing of it that would need one is used.
///
/// @param commandTimeout how long a command may take
/// @param connectTimeout how long making a connection may take; nobody waits for it
public record RedissonSettings(
    RedisAddress address, Duration commandTimeout, Duration connectTimeout) {

  private static final int THREADS = 2;
  private static final int CONNECTIONS = 16;

  /// Kept open, so that a burst does not begin with making connections within a command's timeout.
  private static final int IDLE_CONNECTIONS = 4;

  private static final int PING_MILLIS = 5_000;

  Config toConfig() {
    Config config = new Config();
    config.setCodec(StringCodec.INSTANCE);
    config.setThreads(THREADS);
    config.setNettyThreads(THREADS);
    config.setUseScriptCache(true);
    if (address.user() != null) {
      config.setUsername(address.user());
    }
    if (address.password() != null) {
      config.setPassword(address.password());
    }
    SingleServerConfig server = config.useSingleServer();
    server.setAddress(address.server());
    server.setDatabase(address.database());
    server.setConnectionPoolSize(CONNECTIONS);
    server.setConnectionMinimumIdleSize(IDLE_CONNECTIONS);
    server.setSubscriptionConnectionPoolSize(2);
    server.setSubscriptionConnectionMinimumIdleSize(1);
    server.setRetryAttempts(0);
    server.setTimeout(Math.toIntExact(commandTimeout.toMillis()));
    server.setConnectTimeout(Math.toIntExact(connectTimeout.toMillis()));
    server.setPingConnectionInterval(PING_MILLIS);
    return config;
  }
}
