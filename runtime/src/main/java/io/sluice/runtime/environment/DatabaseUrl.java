package io.sluice.runtime.environment;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// `DATABASE_URL` in the form everyone writes it, `postgres://user:password@host:port/database?options`,
/// or as a JDBC URL.
public final class DatabaseUrl {

  private DatabaseUrl() {}

  /// The data source properties it stands for.
  ///
  /// @throws IllegalArgumentException it is neither form; the message never repeats it, it holds a password
  public static Map<String, Object> properties(String databaseUrl) {
    if (databaseUrl.startsWith("jdbc:postgresql:")) {
      return Map.of("spring.datasource.url", databaseUrl);
    }
    URI uri = parse(databaseUrl);
    String scheme = uri.getScheme();
    if (uri.getHost() == null || !("postgres".equals(scheme) || "postgresql".equals(scheme))) {
      throw refused();
    }
    Map<String, Object> properties = new LinkedHashMap<>();
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    properties.put(
        "spring.datasource.url",
        "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query);
    String credentials = uri.getRawUserInfo();
    if (credentials != null) {
      int colon = credentials.indexOf(':');
      properties.put(
          "spring.datasource.username",
          decode(colon < 0 ? credentials : credentials.substring(0, colon)));
      if (colon >= 0) {
        properties.put("spring.datasource.password", decode(credentials.substring(colon + 1)));
      }
    }
    return properties;
  }

  private static URI parse(String databaseUrl) {
    try {
      return new URI(databaseUrl);
    } catch (URISyntaxException e) {
      throw refused();
    }
  }

  private static String decode(String text) {
    // A plus sign is itself in this part of a URI.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException refused() {
    return new IllegalArgumentException(
        "DATABASE_URL must look like postgres://user:password@host:port/database or be a JDBC URL");
  }
}
