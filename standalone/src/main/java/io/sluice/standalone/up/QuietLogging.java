package io.sluice.standalone.up;

import org.slf4j.LoggerFactory;

/// Logging before, or without, an application that configures it: warnings only, on standard error. Without this,
/// Logback prints everything that Kafka has to say.
public final class QuietLogging {

  private static final String PROPERTY = "logback.configurationFile";

  private QuietLogging() {}

  /// To be called before anything logs.
  public static void begin() {
    System.setProperty(PROPERTY, "io/sluice/standalone/quiet-logback.xml");
    LoggerFactory.getILoggerFactory();
    // Read once. Left in place, it would make Spring Boot warn that it has its own.
    System.clearProperty(PROPERTY);
  }
}
