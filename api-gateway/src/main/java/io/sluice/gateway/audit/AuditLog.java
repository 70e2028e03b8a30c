package io.sluice.gateway.audit;

import io.sluice.gateway.auth.Caller;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// One event for every act that somebody may ask about later, on the logger `sluice.audit`: who, what,
/// to what, with which outcome. The request's id is with it as in every log line.
@Component
public final class AuditLog {

  private static final Logger LOG = LoggerFactory.getLogger("sluice.audit");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  AuditLog() {}

  /// Records one act.
  ///
  /// @param action a word from a closed set, such as `upload.init`
  /// @param subject the id of what was acted on
  /// @param outcome a word: `ok`, a status, or a problem's code
  public void record(Caller caller, String action, String subject, String outcome) {
    LOG.atInfo()
        .addKeyValue("actor", printable(caller.ownerId()))
        .addKeyValue("credential", caller.credentialId())
        .addKeyValue("action", action)
        .addKeyValue("subject", printable(subject))
        .addKeyValue("outcome", outcome)
        .log("audit");
  }

  /// Control characters in a name must not be able to forge a line.
  private static String printable(String text) {
    return CONTROL.matcher(text).replaceAll("?");
  }
}
