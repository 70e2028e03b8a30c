package io.sluice.gateway.admin;

import io.sluice.gateway.audit.AuditLog;
import io.sluice.gateway.auth.Caller;
import io.sluice.gateway.upload.QueryValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What administrators see of the sweeps, and their word where one would remove too much.
@RestController
@RequestMapping(path = "/v1/admin", produces = MediaType.APPLICATION_JSON_VALUE)
final class SweepController {

  private final UnownedList unowned;
  private final SweepBrakes brakes;
  private final AuditLog audit;

  SweepController(UnownedList unowned, SweepBrakes brakes, AuditLog audit) {
    this.unowned = unowned;
    this.brakes = brakes;
    this.audit = audit;
  }

  @GetMapping("/unowned")
  UnownedList.Page unowned(
      @RequestParam(required = false) @Nullable String place,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return unowned.page(
        SweptPlace.ofQuery(place),
        Optional.ofNullable(cursor).map(UnownedCursor::read),
        QueryValue.limit(limit));
  }

  @GetMapping("/sweeps")
  SweepBrakes.Answer sweeps() {
    return brakes.all();
  }

  @PostMapping("/sweeps/{place}/confirm")
  SweepBrakes.Brake confirm(
      Caller caller, @PathVariable String place, @RequestBody ConfirmRequest body) {
    SweptPlace swept = SweptPlace.ofPath(place);
    SweepBrakes.Brake brake = brakes.confirm(swept, body.checked(), caller.ownerId());
    audit.record(caller, "admin.sweep.confirm", swept.wire() + " " + brake.wouldRemove(), "ok");
    return brake;
  }
}
