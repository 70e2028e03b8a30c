package io.sluice.gateway.body;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.stereotype.Component;

/// Opens the bodies of requests.
@Component
public final class RequestBodies {

  private final BodySettings settings;

  RequestBodies(BodySettings settings) {
    this.settings = settings;
  }

  /// A request's body; its pace is judged from now on.
  public RequestBody open(HttpServletRequest request) throws IOException {
    return new RequestBody(request.getInputStream(), settings);
  }
}
