package io.sluice.gateway.request;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotSupportedException;

/// A JSON body that may be left out, whatever type an empty one is said to have.
public final class JsonBody {

  private JsonBody() {}

  /// Reads the body; it is bounded like every body that is not the bytes of a file.
  ///
  /// @throws HttpMediaTypeNotSupportedException there is one and it is not JSON
  public static <T> Optional<T> read(HttpServletRequest request, Class<T> type)
      throws IOException, HttpMediaTypeNotSupportedException {
    byte[] body = request.getInputStream().readAllBytes();
    if (body.length == 0) {
      return Optional.empty();
    }
    if (!isJson(request.getContentType())) {
      throw new HttpMediaTypeNotSupportedException(
          (MediaType) null, List.of(MediaType.APPLICATION_JSON));
    }
    return Optional.of(WireJson.MAPPER.readValue(body, type));
  }

  private static boolean isJson(@Nullable String contentType) {
    try {
      return contentType != null
          && MediaType.APPLICATION_JSON.isCompatibleWith(MediaType.parseMediaType(contentType));
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }
}
