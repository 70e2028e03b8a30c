package io.sluice.gateway.server;

import io.sluice.gateway.problem.Problems;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Sets the server up for large bodies that arrive once and go straight to disk.
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> gatewayServer(
      ServerSettings settings, Problems problems) {
    return factory -> {
      factory.addConnectorCustomizers(connector -> tune(connector, settings));
      factory.addContextCustomizers(
          context -> context.getParent().getPipeline().addValve(new ProblemReportValve(problems)));
    };
  }

  private static void tune(Connector connector, ServerSettings settings) {
    connector.setProperty("socket.appReadBufSize", Integer.toString(settings.readBufferBytes()));
    // No copy is made of what is larger than this buffer, but this is how much goes out at once.
    connector.setProperty("socket.appWriteBufSize", Integer.toString(settings.writeBufferBytes()));
    // Outside the heap: the socket is read without a copy, and idle connections cost no heap.
    connector.setProperty("socket.directBuffer", "true");
    if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
      // A refusal that can be known before the body must not be preceded by "100 Continue".
      http.setContinueResponseTiming("onRead");
      http.setMaxSwallowSize(settings.swallowBytes());
      http.setMaxConnections(settings.maxConnections());
      http.setConnectionTimeout(settings.silenceMillis());
      http.setKeepAliveTimeout(settings.keepAliveMillis());
      http.setMaxHttpRequestHeaderSize(settings.headerBytes());
    }
  }
}
