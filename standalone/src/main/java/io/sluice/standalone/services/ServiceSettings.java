package io.sluice.standalone.services;

import io.sluice.standalone.instance.DataDirectory;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the services of an instance are told besides where their infrastructure is, by plain environment names.
/// Whatever this process's own environment names stays as it is.
public final class ServiceSettings {

  /// The key everybody knows.
  public static final String DEVELOPMENT_KEY = "dev-key";

  /// The name that Spring gives the size of a process's pool of database connections.
  static final String POOL_SIZE = "SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE";

  /// Of the connections that the embedded database allows, those that services may have.
  private static final int CONNECTIONS = 160;

  /// What a service has if nobody says anything, and what it needs at least.
  private static final int LARGEST_POOL = 20;

  private static final int SMALLEST_POOL = 4;

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

  /// How many connections each of so many processes may have to the embedded database, if nobody has said it.
  static Map<String, String> pool(int processes, Map<String, String> environment) {
    int size = Math.clamp(CONNECTIONS / processes, SMALLEST_POOL, LARGEST_POOL);
    return environment.getOrDefault(POOL_SIZE, "").isBlank()
        ? Map.of(POOL_SIZE, Integer.toString(size))
        : Map.of();
  }

  /// Whether nobody has said who may use this instance.
  public static boolean usesDevelopmentKey(Map<String, String> environment) {
    return environment.getOrDefault("API_KEY_MAPPINGS", "").isBlank();
  }
}
