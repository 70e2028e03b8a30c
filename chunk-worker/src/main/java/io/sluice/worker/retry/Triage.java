package io.sluice.worker.retry;

import io.sluice.metadata.commit.DatabaseOutage;
import io.sluice.storage.object.MultipartGoneException;
import io.sluice.storage.object.StoreRefusedException;
import io.sluice.storage.object.StoreUnavailableException;
import io.sluice.storage.staging.StagedBytesDamagedException;
import io.sluice.storage.staging.StagedBytesMissingException;
import io.sluice.storage.staging.StagingFullException;
import io.sluice.storage.staging.StagingStore;
import io.sluice.worker.circuit.CircuitOpenException;
import io.sluice.worker.circuit.StoreCircuit;
import io.sluice.worker.retry.Diagnosis.Away;
import io.sluice.worker.retry.Diagnosis.DatabaseAway;
import io.sluice.worker.retry.Diagnosis.Lasting;
import io.sluice.worker.retry.Diagnosis.Passing;
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

  /// Asks staging whether it is there.
  interface StagingProbe {
    void probe() throws IOException;
  }

  private final BooleanSupplier storeAnswers;
  private final StagingProbe staging;

  @Autowired
  Triage(StoreCircuit circuit, StagingStore staging) {
    this(circuit::storeAnswers, staging::probe);
  }

  Triage(BooleanSupplier storeAnswers, StagingProbe staging) {
    this.storeAnswers = storeAnswers;
    this.staging = staging;
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
              ? new Passing(GiveUpCause.STORE_UNAVAILABLE, detail)
              : new Away(detail);
      // Wrong credentials refuse everybody, and are mended without us.
      case StoreRefusedException refused ->
          storeAnswers.getAsBoolean()
              ? new Lasting(GiveUpCause.STORE_REFUSED, detail)
              : new Away(detail);
      case StagedBytesMissingException missing -> new StagedBytesBad(detail);
      case StagedBytesDamagedException damaged -> new StagedBytesBad(detail);
      case MultipartGoneException gone -> new Passing(GiveUpCause.OBJECT_MISMATCH, detail);
      case IOException unreadable ->
          stagingAnswers() ? new Passing(GiveUpCause.STAGING_UNREADABLE, detail) : new Away(detail);
      default ->
          DatabaseOutage.explains(met)
              ? new DatabaseAway(detail)
              : new Passing(GiveUpCause.INTERNAL_ERROR, detail);
    };
  }

  private boolean stagingAnswers() {
    try {
      staging.probe();
      return true;
    } catch (StagingFullException e) {
      // It can be read, and that is all that is asked of it here.
      return true;
    } catch (IOException | RuntimeException e) {
      return false;
    }
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
