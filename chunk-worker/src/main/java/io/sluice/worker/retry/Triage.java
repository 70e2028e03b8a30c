package io.sluice.worker.retry;

import io.sluice.metadata.commit.DatabaseOutage;
import io.sluice.storage.object.MultipartGoneException;
import io.sluice.storage.object.StoreRefusedException;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.storage.place.PlaceGuard;
import io.sluice.storage.place.PlaceKind;
import io.sluice.storage.staging.StagedBytesDamagedException;
import io.sluice.storage.staging.StagedBytesMissingException;
import io.sluice.worker.circuit.CircuitOpenException;
import io.sluice.worker.circuit.StoreCircuit;
import io.sluice.worker.retry.Diagnosis.Away;
import io.sluice.worker.retry.Diagnosis.DatabaseAway;
import io.sluice.worker.retry.Diagnosis.Passing;
import io.sluice.worker.retry.Diagnosis.Refused;
import io.sluice.worker.retry.Diagnosis.StagedBytesBad;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// Tells a job's own trouble from everybody's. A failure counts against a job only when what failed it
/// answers others at that moment.
@Component
public class Triage {

  private static final int LONGEST_DETAIL = 500;

  private final BooleanSupplier storeAnswers;
  private final PlaceGuard places;

  @Autowired
  Triage(StoreCircuit circuit, PlaceGuard places) {
    this(circuit::storeAnswers, places);
  }

  Triage(BooleanSupplier storeAnswers, PlaceGuard places) {
    this.storeAnswers = storeAnswers;
    this.places = places;
  }

  /// Judges what a job met.
  ///
  /// @throws InterruptedException it was nothing but this process stopping
  public Diagnosis judge(Exception met) throws InterruptedException {
    // A stop interrupts whoever is still at work; channels and clients then fail in ways of their
    // own.
    if (met instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
    String detail = detailOf(met);
    return switch (met) {
      case CircuitOpenException open -> new Away(detail);
      case StoreUnavailableException unavailable ->
          !unavailable.isThrottled() && storeAnswers.getAsBoolean()
              ? new Passing(ParkCause.STORE_UNAVAILABLE, detail)
              : new Away(detail);
      case StoreRefusedException refused -> {
        // Does it refuse everybody, the probe opens the circuit, and the others are not tried for
        // now.
        boolean _ = storeAnswers.getAsBoolean();
        yield new Refused(ParkCause.STORE_REFUSED, detail);
      }
      case StagedBytesMissingException missing -> badUnlessAway(detail);
      case StagedBytesDamagedException damaged -> badUnlessAway(detail);
      case MultipartGoneException gone -> new Passing(ParkCause.OBJECT_LOST, detail);
      case IOException unreadable ->
          places
              .troubleNow(PlaceKind.STAGING)
              .<Diagnosis>map(Away::new)
              .orElseGet(() -> new Passing(ParkCause.STAGING_UNREADABLE, detail));
      default ->
          DatabaseOutage.explains(met)
              ? new DatabaseAway(detail)
              : new Passing(ParkCause.INTERNAL_ERROR, detail);
    };
  }

  /// What is missing at a place that is not there, or not ours, says nothing of the bytes.
  private Diagnosis badUnlessAway(String detail) {
    return places
        .troubleNow(PlaceKind.STAGING)
        .<Diagnosis>map(Away::new)
        .orElseGet(() -> new StagedBytesBad(detail));
  }

  /// What happened, for operators: bounded, on one line.
  static String detailOf(Throwable met) {
    String message = met.getMessage();
    String text =
        met.getClass().getSimpleName()
            + (message == null ? "" : ": " + message.replaceAll("\\p{Cntrl}+", " "));
    return text.substring(0, Math.min(text.length(), LONGEST_DETAIL));
  }
}
