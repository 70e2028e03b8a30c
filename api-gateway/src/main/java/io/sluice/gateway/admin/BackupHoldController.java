package io.sluice.gateway.admin;

import io.sluice.gateway.audit.AuditLog;
import io.sluice.gateway.auth.Caller;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Lets administrators hold all removals while they take a backup.
@RestController
@RequestMapping(path = "/v1/admin/removals/hold", produces = MediaType.APPLICATION_JSON_VALUE)
final class BackupHoldController {

  private final BackupHold hold;
  private final AuditLog audit;

  BackupHoldController(BackupHold hold, AuditLog audit) {
    this.hold = hold;
    this.audit = audit;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  BackupHold.HoldAnswer hold(Caller caller, @RequestBody BackupHold.HoldRequest body) {
    BackupHold.HoldAnswer answer = hold.hold(body);
    audit.record(caller, "admin.removals.hold", "places", "ok");
    return answer;
  }

  @DeleteMapping
  BackupHold.HoldAnswer end(Caller caller) {
    BackupHold.HoldAnswer answer = hold.end();
    audit.record(caller, "admin.removals.release", "places", "ok");
    return answer;
  }
}
