package io.sluice.gateway.auth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The keys given by `sluice.auth.api-key-mappings`.
final class ConfiguredKeys {

  private final Map<ApiKeyHash, Caller> callers;

  private ConfiguredKeys(Map<ApiKeyHash, Caller> callers) {
    this.callers = callers;
  }

  /// Reads `key:user,key:user,…`. A user may hold a colon, a key may not.
  ///
  /// @throws IllegalArgumentException naming the property and the entry's place, never the entry
  static ConfiguredKeys parse(String mappings, Set<String> adminUserIds) {
    Map<ApiKeyHash, Caller> callers = new LinkedHashMap<>();
    if (!mappings.isBlank()) {
      String[] entries = mappings.split(",", -1);
      for (int i = 0; i < entries.length; i++) {
        String entry = entries[i].strip();
        int colon = entry.indexOf(':');
        if (colon < 1 || colon == entry.length() - 1) {
          throw refused(i, "is not key:user");
        }
        String user = entry.substring(colon + 1).strip();
        ApiKeyHash hash = ApiKeyHash.ofConfigured(entry.substring(0, colon).strip());
        Caller caller = new Caller(user, adminUserIds.contains(user), hash.shortName());
        if (callers.put(hash, caller) != null) {
          throw refused(i, "repeats a key");
        }
      }
    }
    return new ConfiguredKeys(callers);
  }

  private static IllegalArgumentException refused(int index, String why) {
    return new IllegalArgumentException(
        "entry %d of sluice.auth.api-key-mappings (API_KEY_MAPPINGS) %s".formatted(index + 1, why));
  }

  /// Compares with every key, found or not, so that time tells nothing.
  Optional<Caller> find(ApiKeyHash presented) {
    Caller found = null;
    for (Map.Entry<ApiKeyHash, Caller> entry : callers.entrySet()) {
      if (entry.getKey().matches(presented)) {
        found = entry.getValue();
      }
    }
    return Optional.ofNullable(found);
  }
}
