package io.sluice.gateway.admin;

import io.sluice.gateway.audit.AuditLog;
import io.sluice.gateway.auth.Caller;
import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.model.problem.ProblemCode;
import io.sluice.places.Adoption;
import io.sluice.places.PlaceDesk;
import io.sluice.storage.place.PlaceKind;
import java.time.Duration;
import java.util.Arrays;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Whose the places are that hold bytes, and the one way to take one over.
@RestController
@RequestMapping(path = "/v1/admin/places", produces = MediaType.APPLICATION_JSON_VALUE)
final class PlaceController {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final PlaceDesk places;
  private final AuditLog audit;

  PlaceController(PlaceDesk places, AuditLog audit) {
    this.places = places;
    this.audit = audit;
  }

  @GetMapping
  PlaceAnswer.All places() {
    return new PlaceAnswer.All(places.reports().stream().map(PlaceAnswer::of).toList());
  }

  @PostMapping("/{kind}/adopt")
  PlaceAnswer.Adopted adopt(Caller caller, @PathVariable String kind) {
    PlaceKind place = place(kind);
    return switch (places.adopt(place)) {
      case Adoption.Adopted(int renewedUploads) -> {
        record(caller, kind, "ok");
        yield new PlaceAnswer.Adopted(PlaceAnswer.of(places.report(place)), renewedUploads);
      }
      case Adoption.Refused(String reason) -> {
        record(caller, kind, ProblemCode.PLACE_NOT_ADOPTABLE.wire());
        throw new ProblemException(ProblemCode.PLACE_NOT_ADOPTABLE, reason);
      }
      case Adoption.Unreachable(String reason) -> {
        record(caller, kind, ProblemCode.STORAGE_UNAVAILABLE.wire());
        throw new ProblemException(
            new Problem(ProblemCode.STORAGE_UNAVAILABLE, reason).retryAfter(RETRY_AFTER));
      }
    };
  }

  private void record(Caller caller, String kind, String outcome) {
    audit.record(caller, "admin.place.adopt", kind, outcome);
  }

  private static PlaceKind place(String word) {
    return Arrays.stream(PlaceKind.values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(ProblemException::notFound);
  }
}
