package io.sluice.places;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// Says of a start that was refused for its places just why, instead of with a stack trace. The log has it as a
/// warning, since whoever runs all services in one process says it on the terminal too.
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class RefusedStart implements SpringBootExceptionReporter {

  /// What the line begins with.
  public static final String WORDS = "start refused: ";

  private static final Logger LOG = LoggerFactory.getLogger(RefusedStart.class);

  /// For Spring.
  RefusedStart(ConfigurableApplicationContext context) {}

  @Override
  public boolean reportException(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PlaceRefusedException refused) {
        LOG.atWarn().log(WORDS + refused.getMessage());
        return true;
      }
    }
    return false;
  }
}
