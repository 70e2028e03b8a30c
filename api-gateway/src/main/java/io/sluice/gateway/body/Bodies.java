package io.sluice.gateway.body;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.stereotype.Component;

/// Opens the bodies of requests, and judges those of responses.
@Component
public final class Bodies {

  private final BodySettings settings;

  Bodies(BodySettings settings) {
    this.settings = settings;
  }

  /// A request's body; its pace is judged from now on.
  public RequestBody open(HttpServletRequest request) throws IOException {
    return new RequestBody(request.getInputStream(), pace());
  }

  /// The pace of a body that begins now.
  public Pace pace() {
    return new Pace(settings);
  }
}
