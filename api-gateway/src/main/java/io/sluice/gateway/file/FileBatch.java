package io.sluice.gateway.file;

import io.sluice.gateway.admission.Admission;
import io.sluice.gateway.body.Bodies;
import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.gateway.problem.ProblemMapping;
import io.sluice.metadata.upload.UserMetadata;
import io.sluice.model.problem.ProblemCode;
import io.sluice.storage.staging.BodyReadException;
import io.sluice.storage.staging.StagingFullException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Many files in one form, each with a result of its own. The form is one stream, so the files are staged
/// in turn; their commits run beside the staging of the next.
@Component
final class FileBatch {

  /// What became of one file.
  ///
  /// @param status `success` or `failed`
  /// @param error the problem's code
  /// @param message its detail
  record Result(
      String filename,
      String status,
      @Nullable UUID fileId,
      @Nullable Long size,
      @Nullable String error,
      @Nullable String message) {

    static Result success(ReceivedFile file) {
      return new Result(file.fileName(), "success", file.id(), file.sizeBytes(), null, null);
    }

    static Result failed(String filename, Problem problem) {
      return new Result(filename, "failed", null, null, problem.code().wire(), problem.detail());
    }
  }

  record Summary(int total, int succeeded, int failed) {}

  record Answer(List<Result> results, Summary summary) {}

  private final FileIntake intake;
  private final FileSettings settings;
  private final FileLimits limits;
  private final FileAdmission admission;
  private final Bodies bodies;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  FileBatch(
      FileIntake intake,
      FileSettings settings,
      FileLimits limits,
      FileAdmission admission,
      Bodies bodies) {
    this.intake = intake;
    this.settings = settings;
    this.limits = limits;
    this.admission = admission;
    this.bodies = bodies;
  }

  Answer receive(String ownerId, HttpServletRequest request)
      throws IOException, InterruptedException {
    if (!FileForm.isForm(request)) {
      throw new ProblemException(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE,
          "A batch is multipart/form-data with parts named files.");
    }
    long announced = request.getContentLengthLong();
    if (announced > settings.batchMaxBytes() + FileForm.MOST_OVERHEAD_BYTES) {
      throw tooLarge();
    }
    List<Result> results;
    try (Admission.Permit _ = admission.enter(announced)) {
      Parts parts = new Parts(ownerId);
      FileForm.read(request, bodies.open(request), parts);
      results = parts.results.stream().map(CompletableFuture::join).toList();
    }
    if (results.isEmpty()) {
      throw ProblemException.invalid("files", "is missing");
    }
    int succeeded = (int) results.stream().filter(r -> r.status().equals("success")).count();
    return new Answer(results, new Summary(results.size(), succeeded, results.size() - succeeded));
  }

  private ProblemException tooLarge() {
    return new ProblemException(
        ProblemCode.PAYLOAD_TOO_LARGE,
        "A batch may have at most " + settings.batchMaxBytes() + " bytes.");
  }

  private final class Parts implements FileForm.PartReader {

    private final String ownerId;
    private final List<CompletableFuture<Result>> results = new ArrayList<>();
    private long bytesLeft = settings.batchMaxBytes();

    Parts(String ownerId) {
      this.ownerId = ownerId;
    }

    @Override
    public void file(String field, FileItemInput part) throws IOException {
      String shown = String.valueOf(part.getName());
      try {
        results.add(stage(field, part, shown));
      } catch (ProblemException | StagingFullException e) {
        // What is left of this part is skipped by the form's reader when it goes to the next.
        results.add(CompletableFuture.completedFuture(Result.failed(shown, ProblemMapping.of(e))));
      }
    }

    private CompletableFuture<Result> stage(String field, FileItemInput part, String shown)
        throws IOException {
      if (!field.equals("files")) {
        throw ProblemException.invalid(field, "is not a known field");
      }
      if (results.size() >= settings.batchMaxFiles()) {
        throw new ProblemException(
            ProblemCode.PAYLOAD_TOO_LARGE,
            "A batch may have at most " + settings.batchMaxFiles() + " files.");
      }
      String name = FileName.checked(part.getName());
      NewFile file = new NewFile(ownerId, name, -1, Math.min(bytesLeft, limits.maxFileSizeBytes()));
      StagedFile staged;
      try {
        staged = intake.stage(file, Channels.newChannel(part.getInputStream()));
      } catch (BodyReadException e) {
        if (e.getCause() instanceof FileTooLargeException) {
          throw bytesLeft <= limits.maxFileSizeBytes() ? tooLarge() : limits.tooLarge();
        }
        throw e;
      }
      bytesLeft -= staged.digest().sizeBytes();
      return CompletableFuture.supplyAsync(() -> commit(staged, shown), threads);
    }

    private Result commit(StagedFile staged, String shown) {
      try {
        return Result.success(intake.commit(staged, UserMetadata.NONE));
      } catch (RuntimeException e) {
        return Result.failed(shown, ProblemMapping.of(e));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Result.failed(shown, ProblemMapping.of(e));
      }
    }

    @Override
    public void value(String field, String value) {
      Problem problem =
          field.equals("files")
              ? new Problem(ProblemCode.FILE_NAME_MISSING, "Each of files needs a file name.")
              : ProblemException.invalid(field, "is not a known field").problem();
      results.add(CompletableFuture.completedFuture(Result.failed("", problem)));
    }
  }
}
