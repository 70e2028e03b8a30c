package io.sluice.gateway.auth;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Finds the caller behind an API key: among those configured, then in the table `api_keys`.
@Component
final class ApiKeys {

  /// How long a revoked key may still work, and a new one not yet.
  static final Duration CACHE_LIFE = Duration.ofSeconds(30);

  private static final int MOST_CACHED = 10_000;

  private static final String FIND =
      "select owner_id, admin from api_keys where key_hash = :hash and revoked_at is null";

  private final ConfiguredKeys configured;
  private final AuthSettings settings;
  private final JdbcClient jdbc;
  private final LoadingCache<ApiKeyHash, Optional<Caller>> cache =
      Caffeine.newBuilder().maximumSize(MOST_CACHED).expireAfterWrite(CACHE_LIFE).build(this::look);

  ApiKeys(AuthSettings settings, JdbcClient jdbc) {
    this.settings = settings;
    this.configured = ConfiguredKeys.parse(settings.apiKeyMappings(), settings.adminUserIds());
    this.jdbc = jdbc;
  }

  /// The caller, or empty for a key that nobody has.
  ///
  /// @param presented the header's value
  /// @throws org.springframework.dao.DataAccessException the key is not configured and the database is away
  Optional<Caller> find(String presented) {
    ApiKeyHash hash = ApiKeyHash.ofHeader(presented);
    return configured.find(hash).or(() -> cache.get(hash));
  }

  private Optional<Caller> look(ApiKeyHash hash) {
    return jdbc.sql(FIND)
        .param("hash", hash.bytes())
        .query((row, number) -> {
          String owner = row.getString("owner_id");
          boolean admin = row.getBoolean("admin") || settings.adminUserIds().contains(owner);
          return new Caller(owner, admin, hash.shortName());
        })
        .optional();
  }
}
