package io.sluice.coordination.link;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where Redis is: `redis://[user:password@]host[:port][/database]`, or `rediss://` for TLS.
///
/// @param server scheme, host and port, without credentials
/// @param user null for Redis's default user
/// @param password null for none
public record RedisAddress(
    String server, @Nullable String user, @Nullable String password, int database) {

  private static final Set<String> SCHEMES = Set.of("redis", "rediss", "valkey", "valkeys");
  private static final int DEFAULT_PORT = 6379;

  /// Reads an address.
  ///
  /// @throws IllegalArgumentException it is none; the message never repeats it, it may hold a password
  public static RedisAddress parse(String url) {
    URI uri = uri(url);
    if (uri.getHost() == null || !SCHEMES.contains(uri.getScheme())) {
      throw refused();
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    String server = uri.getScheme() + "://" + uri.getHost() + ":" + port;
    String credentials = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
    int colon = credentials.indexOf(':');
    // A lone word before the @ is a password, as Redis's own tools take it.
    String user = colon > 0 ? decode(credentials.substring(0, colon)) : null;
    String password = decode(credentials.substring(colon + 1));
    return new RedisAddress(
        server, user, password.isEmpty() ? null : password, database(uri.getRawPath()));
  }

  private static URI uri(String url) {
    try {
      return new URI(url.strip());
    } catch (URISyntaxException e) {
      throw refused();
    }
  }

  private static int database(String path) {
    String number = path.startsWith("/") ? path.substring(1) : path;
    if (number.isEmpty()) {
      return 0;
    }
    if (!number.matches("\\d{1,5}")) {
      throw refused();
    }
    return Integer.parseInt(number);
  }

  private static String decode(String text) {
    // A plus sign is itself in this part of a URI.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException refused() {
    return new IllegalArgumentException(
        "sluice.redis.url must look like redis://user:password@host:port/database, or rediss://");
  }

  /// Without the credentials.
  @Override
  public String toString() {
    return server + "/" + database;
  }
}
