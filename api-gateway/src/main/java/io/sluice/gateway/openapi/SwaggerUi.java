package io.sluice.gateway.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Properties;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// The files of the page at `/docs`: our own, and those few of Swagger UI that it needs.
@Configuration(proxyBeanMethods = false)
class SwaggerUi implements WebMvcConfigurer {

  private static final String FILES =
      "/docs/{file:start\\.js|swagger-ui\\.css|swagger-ui-bundle\\.js|favicon-32x32\\.png}";

  private static final ClassPathResource ABOUT =
      new ClassPathResource("META-INF/maven/org.webjars/swagger-ui/pom.properties");

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler(FILES)
        .addResourceLocations(
            "classpath:/io/sluice/gateway/openapi/ui/",
            "classpath:/META-INF/resources/webjars/swagger-ui/" + version() + "/")
        .setCacheControl(CacheControl.maxAge(Duration.ofHours(1)));
  }

  /// The directory in the jar is named after the version.
  private static String version() {
    try {
      Properties about = PropertiesLoaderUtils.loadProperties(ABOUT);
      return about.getProperty("version", "");
    } catch (IOException e) {
      throw new UncheckedIOException("Swagger UI is not on the class path", e);
    }
  }
}
