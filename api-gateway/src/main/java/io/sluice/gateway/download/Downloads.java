package io.sluice.gateway.download;

import io.sluice.gateway.problem.ProblemException;
import io.sluice.metadata.upload.Upload;
import io.sluice.model.problem.ProblemCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.ServletWebRequest;

/// Answers a GET or HEAD for the bytes of a file, RFC 9110 sections 13 and 14.
@Component
public class Downloads {

  private final BodyWriter body;
  private final Redirects redirects;
  private final SecondLook secondLook;

  Downloads(BodyWriter body, Redirects redirects, SecondLook secondLook) {
    this.body = body;
    this.redirects = redirects;
    this.secondLook = secondLook;
  }

  /// Sends the file, a range of it, several ranges, the news that nothing changed, or whither to go.
  ///
  /// @param upload a file: listed, with an etag
  /// @throws ProblemException 412, 416, or 503 where the bytes cannot be opened
  /// @throws IOException in mid-stream; the connection must be cut
  public void answer(Upload upload, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Representation file = Representation.of(upload);
    if (notModified(file, request, response)) {
      return;
    }
    if (redirects.send(file, request, response)) {
      return;
    }
    file.describe(response);
    if (request.getMethod().equals("HEAD")) {
      response.setContentType(file.contentType());
      response.setContentLengthLong(file.sizeBytes());
      return;
    }
    String range = request.getHeader("Range");
    boolean ranged = range != null && file.satisfiesIfRange(request.getHeader("If-Range"));
    switch (RangeRequest.of(ranged ? range : null, file.sizeBytes())) {
      case RangeRequest.Whole() -> whole(file, request, response);
      case RangeRequest.Parts(var ranges) when ranges.size() == 1 ->
          single(file, ranges.getFirst(), request, response);
      case RangeRequest.Parts(var ranges) -> {
        MultipartRanges parts = MultipartRanges.of(file, ranges);
        secondLook.send(upload, response, () -> parts.send(response, body));
      }
      case RangeRequest.Unsatisfiable() -> {
        response.setHeader("Content-Range", "bytes */" + file.sizeBytes());
        throw new ProblemException(
            ProblemCode.RANGE_NOT_SATISFIABLE, "The file has " + file.sizeBytes() + " bytes.");
      }
    }
  }

  private static boolean notModified(
      Representation file, HttpServletRequest request, HttpServletResponse response) {
    if (!Preconditions.hold(file, request)) {
      throw new ProblemException(
          ProblemCode.PRECONDITION_FAILED, "The file's ETag is " + file.etag() + ".");
    }
    return new ServletWebRequest(request, response)
        .checkNotModified(file.etag(), file.lastModified().toEpochMilli());
  }

  private void whole(Representation file, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType(file.contentType());
    if (file.sizeBytes() == 0) {
      response.setContentLengthLong(0);
      return;
    }
    sendOnly(file, new ByteRange(0, file.sizeBytes() - 1), request, response);
  }

  private void single(
      Representation file,
      ByteRange range,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
    response.setContentType(file.contentType());
    response.setHeader("Content-Range", range.contentRange(file.sizeBytes()));
    sendOnly(file, range, request, response);
  }

  private void sendOnly(
      Representation file,
      ByteRange range,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    secondLook.send(
        file.upload(), response, () -> body.sendOnly(request, response, file.upload(), range));
  }
}
