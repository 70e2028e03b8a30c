package io.sluice.gateway.server;

import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.problem.ProblemDocument;
import io.sluice.gateway.problem.Problems;
import io.sluice.gateway.request.RequestId;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/// Answers, as a problem, requests that the server refuses before any filter sees them: a request line
/// or headers that cannot be read, an encoded slash.
final class ProblemReportValve extends ErrorReportValve {

  private final Problems problems;

  ProblemReportValve(Problems problems) {
    this.problems = problems;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable thrown) {
    int status = response.getStatus();
    // Called again for the same response, or for one that somebody has answered.
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    String requestId = RequestId.of(request.getRequest());
    response.setHeader(RequestId.HEADER, requestId);
    Problem problem = Problems.forStatus(status);
    problems.count(problem, request.getRequest());
    byte[] document = ProblemDocument.write(problem, requestId, null);
    try {
      response.setStatus(problem.code().status());
      response.setContentType(ProblemDocument.MEDIA_TYPE);
      response.setContentLength(document.length);
      response.getOutputStream().write(document);
      response.finishResponse();
    } catch (IOException e) {
      // The client is gone; there is nobody left to tell.
      getContainer().getLogger().debug("the refusal could not be sent", e);
    }
  }
}
