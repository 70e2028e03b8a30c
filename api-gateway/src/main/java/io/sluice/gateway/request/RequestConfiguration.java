package io.sluice.gateway.request;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.filter.UrlHandlerFilter;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// How paths and JSON are read.
@Configuration(proxyBeanMethods = false)
class RequestConfiguration implements WebMvcConfigurer {

  /// A path with a slash at its end is the path without it: same handler, no redirect.
  @Bean
  FilterRegistrationBean<UrlHandlerFilter> trailingSlash() {
    var filter =
        new FilterRegistrationBean<>(
            UrlHandlerFilter.trailingSlashHandler("/**").wrapRequest().build());
    filter.setOrder(FilterOrder.TRAILING_SLASH);
    return filter;
  }

  @Override
  public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
    converters.withJsonConverter(new JacksonJsonHttpMessageConverter(WireJson.MAPPER));
  }
}
