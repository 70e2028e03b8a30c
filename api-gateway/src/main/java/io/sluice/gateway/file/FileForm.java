package io.sluice.gateway.file;

import io.sluice.gateway.body.RequestBody;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.model.problem.ProblemCode;
import io.sluice.storage.staging.BodyReadException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;

/// Reads `multipart/form-data` part by part from the socket, so that no part is ever held whole.
final class FileForm {

  /// What boundaries, headers and small fields may add to the files.
  static final long MOST_OVERHEAD_BYTES = 1L << 20;

  private static final int MAX_FIELD_BYTES = 64 << 10;

  /// What to do with each part, in the order in which they come.
  interface PartReader {

    /// A part with a file name.
    void file(String field, FileItemInput part) throws IOException;

    /// A part without one.
    void value(String field, String value) throws IOException;
  }

  private FileForm() {}

  static boolean isForm(HttpServletRequest request) {
    return JakartaServletFileUpload.isMultipartContent(request);
  }

  /// Hands each part to a reader.
  ///
  /// @throws ProblemException the form cannot be read
  /// @throws BodyReadException the body did not come
  static void read(HttpServletRequest request, RequestBody body, PartReader reader)
      throws IOException {
    try {
      var upload = new JakartaServletFileUpload<>(DiskFileItemFactory.builder().get());
      upload.setHeaderCharset(StandardCharsets.UTF_8);
      FileItemInputIterator parts = upload.getItemIterator(new FormBody(request, body));
      while (parts.hasNext()) {
        FileItemInput part = parts.next();
        String field = part.getFieldName() == null ? "" : part.getFieldName();
        if (part.isFormField()) {
          reader.value(field, text(part));
        } else {
          reader.file(field, part);
        }
      }
    } catch (FileUploadException e) {
      if (e.getCause() instanceof BodyReadException broken) {
        throw broken;
      }
      throw new ProblemException(ProblemCode.MALFORMED_REQUEST, "The form cannot be read.");
    }
  }

  private static String text(FileItemInput part) throws IOException {
    try (InputStream in = part.getInputStream()) {
      byte[] bytes = in.readNBytes(MAX_FIELD_BYTES + 1);
      if (bytes.length > MAX_FIELD_BYTES) {
        throw new ProblemException(
            ProblemCode.PAYLOAD_TOO_LARGE, "A form field may have at most 64 KiB.");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
