package io.sluice.gateway.auth;

import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.problem.Problems;
import io.sluice.model.problem.ProblemCode;
import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Who may ask what. No sessions, no cookies, no log-in page: every request brings its credentials.
@Configuration(proxyBeanMethods = false)
class AuthConfiguration implements WebMvcConfigurer {

  @Bean
  SecurityFilterChain gatewaySecurity(HttpSecurity http, ApiKeys keys, Problems problems) {
    http.csrf(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .addFilterBefore(new ApiKeyFilter(keys), AuthorizationFilter.class)
        .authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                .permitAll()
                .requestMatchers(OpenPaths.MATCHER)
                .permitAll()
                .requestMatchers("/v1/admin/**")
                .hasRole(CallerAuthentication.ADMIN)
                .anyRequest()
                .authenticated())
        .exceptionHandling(refusals ->
            refusals
                .authenticationEntryPoint((request, response, cause) ->
                    problems.answer(unauthenticated(), request, response))
                .accessDeniedHandler(
                    (request, response, cause) -> problems.answer(forbidden(), request, response)));
    return http.build();
  }

  /// Every request is measured once, as a whole; nobody asks how long each filter took.
  @Bean
  SecurityObservationSettings securityObservationSettings() {
    return SecurityObservationSettings.noObservations();
  }

  private static Problem unauthenticated() {
    return new Problem(
            ProblemCode.UNAUTHENTICATED, "Send a valid API key in " + ApiKeyFilter.HEADER + ".")
        .header(HttpHeaders.WWW_AUTHENTICATE, "ApiKey");
  }

  private static Problem forbidden() {
    return new Problem(ProblemCode.FORBIDDEN, "This needs the admin role.");
  }

  /// Strict about paths and headers; but which methods exist is for the handlers to say, with 405.
  @Bean
  HttpFirewall httpFirewall() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setUnsafeAllowAnyHttpMethod(true);
    return firewall;
  }

  @Bean
  RequestRejectedHandler requestRejectedHandler(Problems problems) {
    return (request, response, rejected) -> problems.answer(rejected, request, response);
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new CallerArgument());
  }
}
