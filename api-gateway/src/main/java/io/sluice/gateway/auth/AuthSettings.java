package io.sluice.gateway.auth;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Who may call.
///
/// @param mode which credentials are taken; only `api_key` for now
/// @param apiKeyMappings `key:user,key:user,…`; further keys are in the table `api_keys`
/// @param adminUserIds users with the admin role whatever the table says
@ConfigurationProperties("sluice.auth")
record AuthSettings(
    @DefaultValue("api_key") AuthMode mode,
    @DefaultValue("") String apiKeyMappings,
    @DefaultValue Set<String> adminUserIds) {

  AuthSettings {
    if (mode != AuthMode.API_KEY) {
      throw new IllegalArgumentException(
          "sluice.auth.mode (AUTH_MODE) is %s, but only api_key is available".formatted(mode));
    }
    adminUserIds = Set.copyOf(adminUserIds);
    ConfiguredKeys.parse(apiKeyMappings, adminUserIds);
  }

  /// Without the keys.
  @Override
  public String toString() {
    return "AuthSettings[mode=%s, adminUserIds=%s]".formatted(mode, adminUserIds);
  }
}
