package io.sluice.standalone.services;

import io.sluice.runtime.environment.EnvironmentNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;

/// Settings whose values are known only when their server runs. Whoever asks for one waits for that server and no
/// other: so the application starts at the same time as its servers, and what it needs last may start last.
final class EmbeddedProperties extends EnumerablePropertySource<Map<String, Supplier<String>>> {

  /// The AWS SDK looks for credentials itself, in system properties among other places, when it has an endpoint.
  private static final Map<String, String> CREDENTIALS =
      Map.of(
          "AWS_ACCESS_KEY_ID", "aws.accessKeyId",
          "AWS_SECRET_ACCESS_KEY", "aws.secretAccessKey");

  private EmbeddedProperties(Map<String, Supplier<String>> values) {
    super("embedded", values);
  }

  /// Properties of these environment names and values to come.
  static EmbeddedProperties of(Map<String, CompletableFuture<String>> provided) {
    Map<String, Supplier<String>> values = new LinkedHashMap<>();
    provided.forEach((name, value) -> {
      if (name.equals("AWS_ENDPOINT_URL")) {
        values.put(property(name), () -> withCredentials(value, provided));
      } else if (!CREDENTIALS.containsKey(name)) {
        values.put(property(name), value::join);
      }
    });
    return new EmbeddedProperties(values);
  }

  private static String withCredentials(
      CompletableFuture<String> endpoint, Map<String, CompletableFuture<String>> provided) {
    CREDENTIALS.forEach((name, system) -> {
      CompletableFuture<String> value = provided.get(name);
      if (value != null) {
        System.setProperty(system, value.join());
      }
    });
    return endpoint.join();
  }

  private static String property(String name) {
    // The address holds user and password, so one property says all three.
    String property =
        name.equals("DATABASE_URL")
            ? "spring.datasource.url"
            : EnvironmentNames.PROPERTIES.get(name);
    if (property == null) {
      throw new IllegalStateException(name + " sets no property");
    }
    return property;
  }

  @Override
  public String[] getPropertyNames() {
    return source.keySet().toArray(String[]::new);
  }

  @Override
  public @Nullable Object getProperty(String name) {
    Supplier<String> value = source.get(name);
    return value == null ? null : value.get();
  }
}
