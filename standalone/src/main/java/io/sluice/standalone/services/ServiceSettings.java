package io.sluice.standalone.services;

import io.sluice.standalone.instance.DataDirectory;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the services of an instance are told besides where their infrastructure is, by plain environment names.
/// Whatever this process's own environment names stays as it is.
public final class ServiceSettings {

  /// The key everybody knows.
  public static final String DEVELOPMENT_KEY = "dev-key";

  private ServiceSettings() {}

  /// The settings that the environment leaves open.
  public static Map<String, String> open(DataDirectory directory, Map<String, String> environment) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("STORAGE_ROOT", directory.storage().toString());
    if (usesDevelopmentKey(environment)) {
      settings.put("API_KEY_MAPPINGS", DEVELOPMENT_KEY + ":dev-user");
      settings.put("ADMIN_USER_IDS", "dev-user");
    }
    settings.keySet().removeIf(name -> !environment.getOrDefault(name, "").isBlank());
    return settings;
  }

  /// Whether nobody has said who may use this instance.
  public static boolean usesDevelopmentKey(Map<String, String> environment) {
    return environment.getOrDefault("API_KEY_MAPPINGS", "").isBlank();
  }
}
