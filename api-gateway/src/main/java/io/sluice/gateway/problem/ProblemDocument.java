package io.sluice.gateway.problem;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A problem as the bytes of `application/problem+json`, RFC 9457 section 3.
public final class ProblemDocument {

  /// The media type of every refusal, whatever the client accepts.
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ProblemDocument() {}

  /// Writes a problem.
  ///
  /// @param uploadId what the request was about, where it was about one upload
  public static byte[] write(Problem problem, String requestId, @Nullable String uploadId) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", problem.code().type());
    members.put("title", problem.code().title());
    members.put("status", problem.code().status());
    members.put("detail", problem.detail());
    members.put("error_code", problem.code().wire());
    members.put("request_id", requestId);
    if (uploadId != null) {
      members.put("upload_id", uploadId);
    }
    problem.extensions().forEach(members::putIfAbsent);
    return JSON.writeValueAsBytes(members);
  }
}
