package io.sluice.gateway.file;

import io.sluice.gateway.admission.Admission;
import io.sluice.gateway.body.Bodies;
import io.sluice.gateway.idempotency.IdempotencyKey;
import io.sluice.gateway.idempotency.OnceOnly;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.metadata.upload.UserMetadata;
import io.sluice.model.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Optional;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// One file in one request, as a raw body or as the field `file` of a form.
@Component
final class SingleFile {

  private final FileIntake intake;
  private final OnceOnly onceOnly;
  private final FileLimits limits;
  private final FileAdmission admission;
  private final Bodies bodies;

  SingleFile(
      FileIntake intake,
      OnceOnly onceOnly,
      FileLimits limits,
      FileAdmission admission,
      Bodies bodies) {
    this.intake = intake;
    this.onceOnly = onceOnly;
    this.limits = limits;
    this.admission = admission;
    this.bodies = bodies;
  }

  /// Everything that can be refused without the body is refused before it is read.
  ReceivedFile receive(String ownerId, HttpServletRequest request)
      throws IOException, InterruptedException {
    boolean isForm = FileForm.isForm(request);
    long length = request.getContentLengthLong();
    limits.checkAnnounced(isForm ? length - FileForm.MOST_OVERHEAD_BYTES : length);
    Optional<String> key = IdempotencyKey.of(request);
    String name =
        isForm
            ? ""
            : FileName.of(request.getQueryString(), request.getHeader("Content-Disposition"));
    try (Admission.Permit _ = admission.enter(length)) {
      return isForm
          ? fromForm(ownerId, request, key)
          : fromBody(new NewFile(ownerId, name, length, limits.bound(length)), request, key);
    }
  }

  private ReceivedFile fromBody(NewFile file, HttpServletRequest request, Optional<String> key)
      throws IOException, InterruptedException {
    return commit(intake.stage(file, bodies.open(request)), UserMetadata.NONE, key);
  }

  private ReceivedFile fromForm(String ownerId, HttpServletRequest request, Optional<String> key)
      throws IOException, InterruptedException {
    Form form = new Form(ownerId, limits.bound(request.getContentLengthLong()));
    boolean whole = false;
    try {
      FileForm.read(request, bodies.open(request), form);
      form.requireFile();
      whole = true;
    } finally {
      if (!whole && form.staged != null) {
        intake.discard(form.staged);
      }
    }
    return commit(form.requireFile(), form.metadata, key);
  }

  /// Of a commit that this thread was called away from nobody knows the outcome yet: the bytes stay, for
  /// the sweeper if there is no row.
  private ReceivedFile commit(StagedFile staged, UserMetadata metadata, Optional<String> key)
      throws IOException, InterruptedException {
    try {
      return key.isPresent()
          ? commitOnce(staged, metadata, key.get())
          : intake.commit(staged, metadata);
    } catch (RuntimeException e) {
      intake.discardUnlessCommitted(staged);
      throw e;
    }
  }

  /// The first request with a key makes the file; a repetition, whose bytes had to be read to know that it
  /// is one, leaves nothing behind and gets the first answer.
  private ReceivedFile commitOnce(StagedFile staged, UserMetadata metadata, String key)
      throws IOException {
    String fingerprint =
        staged.sha256() + "\n" + staged.file().fileName() + "\n" + metadata.values();
    ReceivedFile file =
        onceOnly.run(
            new IdempotencyKey(staged.file().ownerId(), "file", key),
            fingerprint,
            ReceivedFile.class,
            () -> intake.insert(staged, metadata));
    if (file.id().equals(staged.id())) {
      intake.enqueue(staged, file);
    } else {
      intake.discard(staged);
    }
    return file;
  }

  /// Collects the form; its fields may come in any order, so the file waits in staging for its metadata.
  private final class Form implements FileForm.PartReader {

    private final String ownerId;
    private final long maxBytes;
    private @Nullable StagedFile staged;
    private UserMetadata metadata = UserMetadata.NONE;

    Form(String ownerId, long maxBytes) {
      this.ownerId = ownerId;
      this.maxBytes = maxBytes;
    }

    @Override
    public void file(String field, FileItemInput part) throws IOException {
      if (!field.equals("file")) {
        throw ProblemException.invalid(field, "is not a known field");
      }
      if (staged != null) {
        throw ProblemException.invalid("file", "must be given once");
      }
      NewFile file = new NewFile(ownerId, FileName.checked(part.getName()), -1, maxBytes);
      staged = intake.stage(file, Channels.newChannel(part.getInputStream()));
    }

    @Override
    public void value(String field, String value) {
      if (field.equals("metadata")) {
        metadata = FormMetadata.read(value);
        return;
      }
      // A browser sends a file field without a choice, and a careless client sends bytes without a
      // name, as a part that is no file.
      throw field.equals("file")
          ? new ProblemException(ProblemCode.FILE_NAME_MISSING, "The field file needs a file name.")
          : ProblemException.invalid(field, "is not a known field");
    }

    StagedFile requireFile() {
      if (staged == null) {
        throw ProblemException.invalid("file", "is missing");
      }
      return staged;
    }
  }
}
