package io.sluice.gateway.download;

import io.sluice.gateway.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Sends clients to the store for the bytes, where they or the operator want that and the store can: with
/// 307 (RFC 9110 section 15.4.8), so that a `Range` goes along. The link carries the name and the type
/// under which the file is to be served, so the store serves what we would.
@Component
final class Redirects {

  private static final String PARAMETER = "redirect";

  private final FileContents contents;
  private final DownloadSettings settings;

  Redirects(FileContents contents, DownloadSettings settings) {
    this.contents = contents;
    this.settings = settings;
  }

  /// Answers with a redirect, or does nothing.
  ///
  /// @return whether it answered
  /// @throws ProblemException 422: the parameter is neither true nor false; 503: there is no link now
  boolean send(Representation file, HttpServletRequest request, HttpServletResponse response) {
    // A link is good for one method, and GET is the one that is worth it.
    if (!wanted(request.getParameter(PARAMETER)) || !request.getMethod().equals("GET")) {
      return false;
    }
    Optional<URI> link = link(file);
    link.ifPresent(to -> {
      response.setStatus(HttpServletResponse.SC_TEMPORARY_REDIRECT);
      response.setHeader("Location", to.toString());
      // The link ends before a cache would forget it.
      response.setHeader("Cache-Control", "no-store");
    });
    return link.isPresent();
  }

  private boolean wanted(@Nullable String parameter) {
    return switch (parameter) {
      case null -> settings.redirect();
      case "true" -> true;
      case "false" -> false;
      default -> throw ProblemException.invalid(PARAMETER, "must be true or false");
    };
  }

  private Optional<URI> link(Representation file) {
    try {
      return contents.link(
          file.upload(),
          settings.linkValidity(),
          AttachmentHeader.of(file.upload().fileName()),
          file.contentType());
    } catch (IOException e) {
      throw ProblemException.storageUnavailable(e);
    }
  }
}
