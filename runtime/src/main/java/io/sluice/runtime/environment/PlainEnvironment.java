package io.sluice.runtime.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/// Lets every setting be given by its plain environment name, and adds the defaults that all services
/// share. A Spring property given in any other way than in a jar's own defaults wins.
final class PlainEnvironment implements EnvironmentPostProcessor {

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    Map<String, Object> given = new LinkedHashMap<>();
    EnvironmentNames.PROPERTIES.forEach((name, property) -> {
      String value = environment.getProperty(name);
      if (value != null && !value.isBlank()) {
        given.put(property, value);
      }
    });
    String databaseUrl = environment.getProperty("DATABASE_URL");
    if (databaseUrl != null && !databaseUrl.isBlank()) {
      given.putAll(DatabaseUrl.properties(databaseUrl));
    }
    environment
        .getPropertySources()
        .addAfter(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new MapPropertySource("plainEnvironment", given));
    environment.getPropertySources().addLast(defaults());
  }

  private static PropertiesPropertySource defaults() {
    try {
      return new PropertiesPropertySource(
          "sluiceDefaults",
          PropertiesLoaderUtils.loadProperties(
              new ClassPathResource("sluice-defaults.properties", PlainEnvironment.class)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
