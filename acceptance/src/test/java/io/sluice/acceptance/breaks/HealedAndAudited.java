package io.sluice.acceptance.breaks;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// After each test the system is healed, comes to rest, and is audited, whatever the test found.
final class HealedAndAudited implements AfterEachCallback {

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    Running running = Running.system();
    running.heal();
    running.audit();
  }
}
